"""Every route of the contract, tried by Schemathesis with the same few thousand cases each time.

A new route comes under it by itself: a public one as a visitor, a protected one as the person whom it is made for, on
objects of theirs. A failure is told with its reproduction; `python -m tests.bench.contract` goes further.
"""

import pytest

from tests.bench import contract
from tests.bench.contract_people import VISITOR

MOST_SECONDS = 600


@pytest.mark.contract
def test_no_route_breaks_its_contract() -> None:
    with contract.server() as (address, people):
        for who in people:
            # Every border of every field of the protected routes is for the bench; and one request at a time here.
            whole = who.name == VISITOR.name
            outcome = contract.try_contract(
                address, who, examples=1 if whole else 2, seconds=MOST_SECONDS,
                phases=contract.PHASES if whole else "examples,fuzzing", workers=2 if whole else 1,
            )  # fmt: skip
            assert outcome.code == 0, f"{who.name}\n{outcome.report[-8000:]}"
            assert outcome.cases > (1000 if whole else 20), who.name
