"""Market depth: the pure figures against a slow oracle, then the doors."""

from collections import Counter
from decimal import Decimal

import httpx
from hypothesis import given
from hypothesis import strategies as st

from app.market import depth, places
from app.market.depth import Scale, as_written, softened
from app.market.rules import Band, Coverage, CoverageKind, branches_for, branches_of
from tests.market.makers import API, cover, declare, new_firm, new_offer

SHARE = Scale("part", "Part", "%", Decimal(10), Decimal(80), Decimal(20), at_most=False)
DELAY = Scale("delai", "Délai", "jours", Decimal(2), Decimal(30), Decimal(10), at_most=True)
firms_strategy = st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), max_size=40)
"""Per firm and clause: 0 not met, 1 met one step softer, 2 met as written."""


def _mask(firm: list[int]) -> int:
    return sum((as_written(i) if held == 2 else 0) | (softened(i) if held >= 1 else 0) for i, held in enumerate(firm))


@given(firms_strategy)
def test_the_joint_figures_are_those_of_counting_firm_by_firm(firms: list[list[int]]) -> None:
    found = depth.joint(Counter(map(_mask, firms)), 3)
    assert found.firms == sum(all(held == 2 for held in firm) for firm in firms)
    for i, part in enumerate(found.parts):
        others = [[held for j, held in enumerate(firm) if j != i] for firm in firms]
        assert part.alone == sum(firm[i] == 2 for firm in firms)
        assert part.without == sum(all(held == 2 for held in firm) for firm in others)
        assert part.softened == sum(
            firm[i] >= 1 and all(held == 2 for held in rest) for firm, rest in zip(firms, others, strict=True)
        )


@given(firms_strategy)
def test_the_blocking_clause_is_the_one_that_brings_most_firms_back(firms: list[list[int]]) -> None:
    found = depth.joint(Counter(map(_mask, firms)), 3)
    if found.blocking is None:
        assert all(part.without == found.firms for part in found.parts)
    else:
        best = found.parts[found.blocking]
        assert all(part.softened <= best.softened for part in found.parts)
        assert best.without > found.firms


@given(st.lists(st.tuples(st.none() | st.decimals(0, 100, places=1), st.integers(1, 5)), max_size=30))
def test_a_survival_curve_never_rises(values: list[tuple[Decimal | None, int]]) -> None:
    for scale in (SHARE, DELAY):
        figures = [point.firms or 0 for point in depth.survival(values, scale)]
        assert figures == sorted(figures, reverse=True)
        for point in depth.survival(values, scale):
            slow = sum(n for v, n in values if scale.meets(scale.default if v is None else v, point.threshold))
            assert point.firms == (slow if slow >= 3 else None)


def test_the_thresholds_shown_hold_the_usual_shares_and_the_default() -> None:
    assert SHARE.steps() == [10, 20, 30, 50, 75]
    assert DELAY.steps() == [30, 16, 10, 2]
    assert SHARE.softer(Decimal(50)) == 30
    assert DELAY.softer(Decimal(10)) == 16
    assert SHARE.softer(Decimal(10)) == 10


def test_below_three_no_figure_is_said() -> None:
    assert [depth.shown(n) for n in (0, 1, 2, 3)] == [None, None, None, 3]


COVERAGES = st.lists(
    st.one_of(
        st.builds(Coverage, st.just(CoverageKind.REGION), st.sampled_from(sorted(places.REGIONS))),
        st.builds(Coverage, st.just(CoverageKind.DEPARTMENT), st.sampled_from(sorted(places.departments()))),
        st.builds(Coverage, st.just(CoverageKind.COMMUNE), st.sampled_from(["35238", "2A004", "97411"])),
        st.builds(Coverage, st.just(CoverageKind.RADIUS), st.just("35"), st.integers(1, 500)),
    ),
    max_size=4,
)


def _slowly(coverage: Coverage, code: str, seat: str) -> Band | None:
    department = places.departments()[code]
    if coverage.kind is CoverageKind.REGION:
        return Band.COVERS if department.region == coverage.code else None
    if coverage.kind is CoverageKind.DEPARTMENT:
        return Band.COVERS if code == coverage.code else None
    if coverage.kind is CoverageKind.COMMUNE:
        return Band.COVERS if places.department_of(coverage.code) == code else None
    centre = places.centre_of(seat)
    assert centre
    near = places.kilometres(centre, (department.latitude, department.longitude)) <= coverage.radius_km
    return Band.RADIUS if near or code == seat else None


@given(COVERAGES)
def test_a_territory_reaches_what_asking_each_department_says(coverages: list[Coverage]) -> None:
    found = {one.place: one.band for one in places.reached(coverages, "35", places.centre_of("35"))}
    for code in places.departments():
        bands = [band for one in coverages if (band := _slowly(one, code, "35")) is not None]
        wanted = None if not bands else Band.SEATED if code == "35" else min(bands)
        assert found.get(code) == wanted, code


def test_the_whole_country_is_one_key() -> None:
    reached = places.reached(
        [Coverage(CoverageKind.COUNTRY, "FR"), Coverage(CoverageKind.DEPARTMENT, "35")], "35", None
    )
    assert [one.place for one in reached] == ["FR"]


def test_distances_are_those_of_a_map() -> None:
    paris, lyon = (48.8566, 2.3522), (45.7640, 4.8357)
    assert round(places.kilometres(paris, lyon)) in range(385, 400)
    assert len(places.departments()) == 101
    assert {one.region for one in places.departments().values()} == set(places.REGIONS)


def test_a_cpv_branch_matches_above_and_below_but_not_beside() -> None:
    def matches(declared: str, wanted: str) -> bool:
        return bool(set(branches_of([declared])) & set(branches_for(wanted)))

    assert matches("39130000", "39130000")
    assert matches("39131100", "39130000"), "a firm below the branch"
    assert matches("39100000", "39131100"), "a firm that declares the whole branch"
    assert not matches("39131100", "39132000")
    assert not matches("39200000", "39131100")


async def _market(client: httpx.AsyncClient, department: str) -> None:
    """Five firms: four at 35 % and more for the first clause, one of them for the second too."""
    for number, value in enumerate((35, 35, 60, 100, 10)):
        door, _ = await new_firm(client, department=department)
        await new_offer(door)
        assert (await declare(door, "CEC-MOB-001", level=2, value=value)).status_code == 200
        if number == 3:
            assert (await declare(door, "CEC-MOB-022", level=1)).status_code == 200


async def test_a_clause_says_how_many_firms_and_never_which(client: httpx.AsyncClient) -> None:
    await _market(client, "48")
    asked = {"clause": "CEC-MOB-001", "level": 1, "threshold": 30, "department": "48"}
    answer = await client.get(f"{API}/market/depth", params=asked)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["meeting"] == {"firms": 4, "words": "4 entreprises"}
    assert said["covering"]["firms"] == 5
    curve = {point["threshold"]: point["figure"]["firms"] for point in said["curve"]}
    assert (curve[20], curve[30], curve[50]) == (4, 4, None)
    assert said["trend"][-1]["figure"]["firms"] == 5
    assert said["trend"][0]["figure"]["firms"] is None
    assert "siret" not in answer.text
    assert "Organisation" not in answer.text


async def test_establishments_of_one_firm_count_once(client: httpx.AsyncClient) -> None:
    from app.accounts.rules import OrganisationKind, siret_of  # noqa: PLC0415
    from tests.accounts.people import make_organisation, sign_in  # noqa: PLC0415

    sites = [siret for nic in range(10, 60) if (siret := siret_of(f"552032534{nic:05d}"))][:3]
    assert len(sites) == 3
    for siret in sites:
        site = await make_organisation(client, kind=OrganisationKind.FIRM, department="52", siret=siret)
        door = await sign_in(client, organisation=site)
        assert (await door.post(f"{API}/firms")).status_code == 201
        assert (await declare(door)).status_code == 200
    answer = await client.get(f"{API}/market/depth", params={"clause": "CEC-MOB-001", "department": "52"})
    assert answer.json()["meeting"] == {"firms": None, "words": "moins de 3 entreprises"}


async def test_too_few_firms_come_with_the_smallest_step_back(client: httpx.AsyncClient) -> None:
    await _market(client, "05")
    asked = {"clause": "CEC-MOB-001", "level": 1, "threshold": 50, "department": "05"}
    said = (await client.get(f"{API}/market/depth", params=asked)).json()
    assert said["meeting"]["firms"] is None
    steps = [(one["kind"], one["figure"]["firms"]) for one in said["relaxations"]]
    assert steps[0] == ("threshold", 4)
    assert [kind for kind, _ in steps] == ["threshold", "region", "country"]
    assert "au moins 30" in said["advice"]


async def test_a_basket_names_the_clause_that_blocks(client: httpx.AsyncClient) -> None:
    await _market(client, "65")
    items = [{"clause": "CEC-MOB-001", "level": 1, "threshold": 30}, {"clause": "CEC-MOB-022", "level": 1}]
    answer = await client.post(f"{API}/market/feasibility", json={"items": items, "departments": ["65"]})
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert said["joint"]["firms"] is None
    assert said["blocking"] == "CEC-MOB-022"
    assert said["parts"][1]["without"]["firms"] == 4
    assert "4 entreprises" in said["blocking_words"]


async def test_a_withdrawn_or_hidden_declaration_leaves_the_counts(client: httpx.AsyncClient) -> None:
    doors = []
    for _ in range(4):
        door, firm = await new_firm(client, department="90")
        await declare(door)
        doors.append((door, firm))

    async def firms() -> int | None:
        asked = {"clause": "CEC-MOB-001", "department": "90"}
        found: int | None = (await client.get(f"{API}/market/depth", params=asked)).json()["meeting"]["firms"]
        return found

    assert await firms() == 4
    assert (await doors[0][0].delete(f"{API}/capabilities/CEC-MOB-001")).status_code == 204
    assert await firms() == 3
    await cover(doors[1][0], doors[1][1], {"kind": "department", "code": "90"}, listed=False)
    assert await firms() is None


async def test_unknown_clauses_and_meaningless_thresholds_are_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{API}/market/depth", params={"clause": "CEC-ZZZ-999"})).status_code == 404
    assert (await client.get(f"{API}/market/depth", params={"clause": "rien"})).status_code == 422
    empty = await client.post(f"{API}/market/feasibility", json={"items": []})
    assert empty.status_code == 422
