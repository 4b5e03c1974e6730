"""Every file is judged by the modalities of the charter; an exception says which one, why, when and who."""

import httpx

from tests.accounts.people import make_organisation, sign_in
from tests.purchases.makers import draft, item


async def test_a_file_says_which_modalities_it_keeps_and_an_exception_covers_with_its_reason(
    client: httpx.AsyncClient,
) -> None:
    door = await sign_in(client, organisation=await make_organisation(client), name="camille")
    made = await door.post("/api/v1/purchases", json={"draft": draft(items=[item("CEC-MOB-005")])})
    ident = made.json()["id"]
    address = f"/api/v1/charter/respect/{ident}"
    before = (await door.get(address)).json()
    found = {one["rule"]: one for one in before["findings"]}
    assert found["C4-condition"]["status"] == "covered"
    assert found["C4-critere"]["status"] == "missing"
    reason = "Procédure avec un seul critère, le prix : achat sur catalogue de la centrale."
    answer = await door.put(f"{address}/exceptions/C4-critere", json={"reason": reason})
    after = answer.json()
    assert (after["missing"], after["exceptions"]) == (before["missing"] - 1, 1)
    (noted,) = after["noted"]
    assert (noted["modality"], noted["reason"]) == ("C4-critere", reason)
    assert noted["by"].startswith("Camille")
    line = (await door.get("/api/v1/charter/respect")).json()["items"][0]
    assert (line["id"], line["exceptions"], line["missing"]) == (ident, 1, after["missing"])
    back = (await door.delete(f"{address}/exceptions/C4-critere")).json()
    assert (back["missing"], back["exceptions"]) == (before["missing"], 0)


async def test_what_is_kept_needs_no_exception_and_a_reader_writes_none(client: httpx.AsyncClient) -> None:
    organisation = await make_organisation(client)
    door = await sign_in(client, organisation=organisation)
    made = await door.post("/api/v1/purchases", json={"draft": draft(items=[item("CEC-MOB-005")])})
    address = f"/api/v1/charter/respect/{made.json()['id']}/exceptions"
    kept = await door.put(f"{address}/C4-condition", json={"reason": "Sans objet ici, vraiment."})
    assert (kept.status_code, kept.json()["type"]) == (409, "/problems/sans-exception")
    reader = await sign_in(client, role="reader", organisation=organisation)
    assert (await reader.put(f"{address}/C4-critere", json={"reason": "Je ne peux pas."})).status_code == 403
    stranger = await sign_in(client, organisation=await make_organisation(client))
    assert (await stranger.put(f"{address}/C4-critere", json={"reason": "Je passais."})).status_code == 404


async def test_a_file_without_a_date_is_not_judged(client: httpx.AsyncClient) -> None:
    door = await sign_in(client, organisation=await make_organisation(client))
    await door.post("/api/v1/purchases", json={"draft": draft(launch_date="")})
    (line,) = (await door.get("/api/v1/charter/respect")).json()["items"]
    assert (line["described"], line["covered"], line["missing"]) == (False, 0, 0)
