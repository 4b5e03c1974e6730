"""In how many cases the first clause proposed for a finding suits the purchase: `python -m tests.bench.proposals`."""

from tests.documents.proposals import measure

if __name__ == "__main__":
    for part in ("tuning", "kept"):
        right, others = measure(part)
        for case, found in others:
            print(f"{case.kind:14} {case.bought[:40]:40} {case.said[:60]:60} {found}")
        print(f"{part}: {right} of {right + len(others)}")
