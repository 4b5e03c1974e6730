"""Every route of the contract, tried by Schemathesis with the same few thousand cases each time.

A new route comes under it by itself. A failure is told with its reproduction; `python -m tests.bench.contract` goes
further (20,000 cases, a seed), and says how to give a session to the protected routes.
"""

import pytest

from tests.bench import contract

EXAMPLES, MOST_SECONDS = 1, 600


@pytest.mark.contract
def test_no_route_breaks_its_contract() -> None:
    with contract.server() as address:
        outcome = contract.try_contract(address, examples=EXAMPLES, seconds=MOST_SECONDS)
    assert outcome.code == 0, outcome.report[-8000:]
    assert outcome.cases > 1000
