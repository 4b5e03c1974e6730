/* The samples of the page « Vérifier une signature »: `tests/outbound/test_samples.py` runs them. */

export const MESSAGE = `POST /clausier HTTP/1.1
content-type: application/json
webhook-id: msg_loFOjxBNrRLzqYUf
webhook-timestamp: 1731705121
webhook-signature: v1,rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0=

{"type":"clause.published","timestamp":"2026-11-24T10:00:00+00:00","data":{"id":"CEC-MOB-001","version":3,"kind":"changed","resource":"/api/v1/clauses/CEC-MOB-001"}}`;

export const PYTHON = `import base64, hashlib, hmac, time

def is_ours(secret: str, headers: dict[str, str], body: bytes) -> bool:
    ident, stamp = headers["webhook-id"], headers["webhook-timestamp"]
    if abs(time.time() - int(stamp)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    made = hmac.new(key, f"{ident}.{stamp}.".encode() + body, hashlib.sha256).digest()
    good = "v1," + base64.b64encode(made).decode()
    return any(hmac.compare_digest(good, one) for one in headers["webhook-signature"].split(" "))`;

export const JAVASCRIPT = `import { createHmac, timingSafeEqual } from "node:crypto";

export function isOurs(secret, headers, body) {
  const ident = headers["webhook-id"], stamp = headers["webhook-timestamp"];
  if (Math.abs(Date.now() / 1000 - Number(stamp)) > 300) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const made = createHmac("sha256", key).update(ident + "." + stamp + ".").update(body).digest("base64");
  const good = Buffer.from("v1," + made);
  return headers["webhook-signature"].split(" ").some((one) => {
    const given = Buffer.from(one);
    return given.length === good.length && timingSafeEqual(given, good);
  });
}`;
