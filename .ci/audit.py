# ruff: noqa: INP001 (a script, not a package)
"""The known vulnerabilities of what is shipped: pip-audit on requirements.lock, npm audit on package-lock.json.

An audit that reached no service is not a success: it is said in one sentence, and the command fails.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
_LONGEST: Final = 300


def _json_of(command: Sequence[str], folder: Path) -> dict[str, Any]:
    """What the tool says; nothing when it says no JSON, or too late."""
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_LONGEST, check=False)  # noqa: S603
        said = json.loads(run.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return {}
    return said if isinstance(said, dict) else {}


def python_verdict(said: dict[str, Any]) -> tuple[bool, str]:
    """pip-audit skips what its service does not know, and still succeeds: a skipped package is not an audited one."""
    found = said.get("dependencies", [])
    skipped = [d["name"] for d in found if "skip_reason" in d]
    if not found or len(skipped) == len(found):
        return False, "Python : le service de pip-audit n’a pas pu être joint, rien n’a été contrôlé."
    faults = [f"{d['name']} {d['version']} : {v['id']}" for d in found for v in d.get("vulns", [])]
    if faults:
        return False, "\n".join(["Python : failles connues.", *faults])
    if skipped:
        return False, f"Python : aucune faille connue, mais paquets non contrôlés : {', '.join(skipped)}."
    return True, f"Python : {len(found)} paquets, aucune faille connue."


def npm_verdict(said: dict[str, Any]) -> tuple[bool, str]:
    if "vulnerabilities" not in said:
        return False, "Frontend : le service de npm n’a pas pu être joint, rien n’a été contrôlé."
    faults = [f"{name} : {one.get('severity', 'gravité inconnue')}" for name, one in said["vulnerabilities"].items()]
    if faults:
        return False, "\n".join(["Frontend : failles connues.", *faults])
    return True, "Frontend : aucune faille connue."


def main() -> int:
    pip_audit = str(Path(sys.executable).with_name("pip-audit"))
    locked = ("--disable-pip", "--require-hashes", "-r", "requirements.lock")
    python = _json_of((pip_audit, *locked, "-f", "json", "--progress-spinner", "off"), ROOT)
    npm = _json_of(("npm", "audit", "--omit=dev", "--package-lock-only", "--json"), ROOT / "frontend")
    verdicts = (python_verdict(python), npm_verdict(npm))
    sys.stdout.write("\n".join(sentence for _, sentence in verdicts) + "\n")
    return 0 if all(clean for clean, _ in verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
