"""The code that the page « Vérifier une signature » gives to copy works as it is."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from app.outbound import rules
from app.settings import ROOT

SAMPLES = (ROOT / "frontend" / "src" / "webhooks" / "samples.ts").read_text(encoding="utf-8")
SECRET = "whsec_plJ3nmyCDGBKInavdOK15jsl"  # noqa: S105 (the standard's own example)
BODY = '{"data":"é"}'


def sample(name: str) -> str:
    found = re.search(rf"export const {name} = `(.*?)`;", SAMPLES, re.DOTALL)
    assert found
    return found[1]


def headers(secrets: list[str], stamp: int) -> dict[str, str]:
    told = rules.signature(secrets, "msg_1", stamp, BODY)
    return {"webhook-id": "msg_1", "webhook-timestamp": str(stamp), "webhook-signature": told}


def cases() -> list[tuple[dict[str, str], str, bool]]:
    now, other = int(time.time()), "whsec_" + "A" * 32
    return [
        (headers([SECRET], now), BODY, True),
        (headers([other, SECRET], now), BODY, True),
        (headers([other], now), BODY, False),
        (headers([SECRET], now), BODY + " ", False),
        (headers([SECRET], now - 3600), BODY, False),
    ]


def test_the_python_sample_tells_our_messages_from_others() -> None:
    room: dict[str, object] = {}
    exec(sample("PYTHON"), room)  # noqa: S102 (our own text)
    told = [room["is_ours"](SECRET, given, body.encode()) for given, body, _ in cases()]  # type: ignore[operator]
    assert told == [wanted for *_, wanted in cases()]


def test_the_javascript_sample_does_the_same(tmp_path: Path) -> None:
    node = next(iter(sorted((ROOT / ".state" / "node-bin").glob("node"))), None) or shutil.which("node")
    if node is None:
        pytest.skip("no Node on this machine")
    asked = json.dumps([[given, body] for given, body, _ in cases()])
    script = tmp_path / "sample.mjs"
    script.write_text(
        f"{sample('JAVASCRIPT')}\nconst cases = {asked};\n"
        f"console.log(JSON.stringify(cases.map(([h, b]) => isOurs({SECRET!r}, h, Buffer.from(b)))));\n"
    )
    ran = subprocess.run([str(node), str(script)], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [wanted for *_, wanted in cases()]
