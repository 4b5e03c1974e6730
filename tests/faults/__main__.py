"""`python -m tests.faults [--quick] [NAME…]`: each fault, a line per figure; fails when a bound is not held."""

import argparse
import importlib
import sys
import time
import traceback

from tests.faults.lines import Line

NAMES = (
    "killed_app",
    "killed_database",
    "lost_database",
    "banner",
    "slow_database",
    "full_disk",
    "upstreams",
    "clocks",
    "stopping",
    "two_workers",
    "drill",
    "migrations",
    "start_order",
    "repeats",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="which faults; all by default")
    parser.add_argument("--quick", action="store_true", help="few repetitions: minutes, not half an hour")
    asked = parser.parse_args()
    bad = 0
    for name in asked.names or NAMES:
        began = time.monotonic()
        try:
            lines = importlib.import_module(f"tests.faults.{name}").run(quick=asked.quick)
        except Exception as error:  # noqa: BLE001 (one fault that breaks does not hide the others)
            traceback.print_exc()
            lines = [Line(name, f"{type(error).__name__}: {error}"[:80], "", good=False)]
        print(f"— {name} ({time.monotonic() - began:.0f} s)", flush=True)
        for line in lines:
            print(line, flush=True)
        bad += sum(not line.good for line in lines)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
