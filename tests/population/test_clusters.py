"""Clusters of the start (W5): jobs are where the firms of their sector are, and no total changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from techsim.data.dimensions import Dimensions
from techsim.data.inputs import Tables, load_tables
from techsim.data.refining import landsdelen_of, refined, tables_of
from techsim.mechanisms.demography.moving.utilities import chances_of_work
from techsim.mechanisms.working.state import count_staff
from techsim.population.clusters import gather
from techsim.population.people import People
from techsim.population.states import Labour
from techsim.population.synthetic import START_MONTHS, synthesise

TABLES = load_tables()
DIMS = TABLES.dimensions
SCALE, MONTH = 500.0, START_MONTHS[0]
SOUTH_EAST, NORTH_WEST = DIMS.region.index("South-East"), DIMS.region.index("North-West")
MADE = [DIMS.occupation.index(f"technical_{kind}") for kind in ("metal", "process")]
MANUFACTURING = DIMS.sector.index("manufacturing")
FINE = tables_of("labour_market_regions")
BRAINPORT = ("Zuidoost-Brabant", "Helmond-De Peel")


def start(quotients: np.ndarray, tables: Tables = TABLES) -> People:
    changed = replace(tables, labour=replace(tables.labour, clusters=quotients))
    return synthesise(changed, seed=3, scale=SCALE, month=MONTH)


def by_sector(people: People, dims: Dimensions = DIMS) -> np.ndarray:
    """Workers, (sectors, regions)."""
    staff = count_staff(people, dims).sum(axis=(1, 2))
    return np.asarray([staff[np.asarray(dims.employer_sector) == s].sum(axis=0) for s in range(len(dims.sector))])


@pytest.fixture(scope="module")
def even() -> People:
    return start(np.ones_like(TABLES.labour.clusters))


@pytest.fixture(scope="module")
def clustered() -> People:
    return start(TABLES.labour.clusters)


def test_totals_are_kept_to_the_person(even: People, clustered: People) -> None:
    before, after = count_staff(even, DIMS), count_staff(clustered, DIMS)
    assert not np.array_equal(before, after)
    assert np.array_equal(before.sum(axis=(2, 3)), after.sum(axis=(2, 3)))  # employers x occupations
    assert np.array_equal(before.sum(axis=(0, 1)), after.sum(axis=(0, 1)))  # job levels x regions
    for held in ("labour", "region", "job_region", "job_level", "since", "flags"):
        assert np.array_equal(getattr(even, held), getattr(clustered, held)), held
    lost = [np.bincount(p.occupation[p.labour == Labour.UNEMPLOYED]) for p in (even, clustered)]
    assert np.array_equal(*lost)
    for level in range(len(DIMS.level)):
        of_level = [np.bincount(p.occupation[(p.level == level) & (p.labour == Labour.EMPLOYED)])
                    for p in (even, clustered)]  # fmt: skip
        assert np.array_equal(*of_level)


def test_the_south_east_makes_more_than_the_country(even: People, clustered: People) -> None:
    def specialisation(people: People) -> float:
        of = count_staff(people, DIMS).sum(axis=(0, 2))
        share = of[MADE].sum(axis=0) / of.sum(axis=0)
        return float(share[SOUTH_EAST] * of.sum() / of[MADE].sum())

    assert specialisation(clustered) > max(1.1, specialisation(even) + 0.1)


def test_a_higher_quotient_brings_more_of_the_sector(even: People) -> None:
    given = np.ones_like(TABLES.labour.clusters)
    found = []
    for quotient in (0.5, 1.0, 2.0):
        given[NORTH_WEST, MANUFACTURING] = quotient
        found.append(by_sector(start(given.copy()))[MANUFACTURING, NORTH_WEST])
    assert found[0] < 0.85 * found[1] < 0.85 * 0.85 * found[2]
    assert found[1] == by_sector(even)[MANUFACTURING, NORTH_WEST]


def test_odds_settle_at_the_quotients() -> None:
    """Of people alike, odds ratios between regions and sectors are the ratios of the table."""
    n = 40_000
    rng = np.random.default_rng(5)
    people = People(capacity=n)
    people.add({"id": np.arange(1, n + 1, dtype=np.uint64)})
    sectors = np.asarray(DIMS.employer_sector)
    employers = [int(np.flatnonzero(sectors == s)[0]) for s in (MANUFACTURING, MANUFACTURING + 1)]
    people.labour[...], people.level[...], people.field[...], people.sex[...] = Labour.EMPLOYED, 3, 1, 0
    people.job_region[...] = rng.integers(0, 2, n)
    people.employer[...] = np.asarray(employers)[rng.integers(0, 2, n)]
    people.occupation[...] = 0
    given = np.ones_like(TABLES.labour.clusters)
    given[0, MANUFACTURING] = 3.0
    gather(people, np.arange(n), np.zeros(0, dtype=np.int64), DIMS, given, seed=2)
    count = np.array([[((people.job_region == r) & (people.employer == e)).sum() for e in employers] for r in (0, 1)])
    assert count[0, 0] * count[1, 1] / (count[0, 1] * count[1, 0]) == pytest.approx(3.0, rel=0.1)


def test_the_order_in_which_people_are_stored_changes_nothing() -> None:
    one, other = start(TABLES.labour.clusters), start(TABLES.labour.clusters)
    rows = np.flatnonzero(one.labour == Labour.EMPLOYED)
    none = np.zeros(0, dtype=np.int64)
    gather(one, rows, none, DIMS, TABLES.labour.clusters, seed=9)
    turned = np.arange(other.size)[::-1]
    mirror = People(capacity=other.size)
    mirror.add({"id": other.id[turned]})
    for held in ("labour", "level", "field", "sex", "job_region", "job_level", "employer", "occupation"):
        getattr(mirror, held)[...] = getattr(other, held)[turned]
    gather(mirror, np.flatnonzero(mirror.labour == Labour.EMPLOYED), none, DIMS, TABLES.labour.clusters, seed=9)
    assert np.array_equal(mirror.employer[::-1], one.employer)
    assert np.array_equal(mirror.occupation[::-1], one.occupation)


@pytest.fixture(scope="module")
def parts() -> np.ndarray:
    """Staff of two starts with labour-market regions at 1:100, (employers, occupations, levels, regions)."""
    return np.sum(
        [count_staff(synthesise(FINE, seed=seed, scale=100.0, month=MONTH), FINE.dimensions) for seed in (1, 2)],
        axis=0,
    ).astype(float)


def share(staff: np.ndarray, names: tuple[str, ...], sectors: tuple[str, ...] = (), inside: bool = True) -> float:
    """Of jobs in these parts (or in the rest of their landsdeel), in percent: those of sectors; of technicians."""
    whole = np.asarray(landsdelen_of(FINE.dimensions))
    mine = np.isin(FINE.dimensions.region, names)
    there = staff[..., mine if inside else (whole == whole[mine][0]) & ~mine]
    kept = np.isin(np.asarray(DIMS.sector)[np.asarray(DIMS.employer_sector)], sectors)
    some = there[kept] if sectors else there[:, DIMS.occupation_technical]
    return float(100.0 * some.sum() / there.sum())


@pytest.mark.parametrize(
    ("names", "sectors", "least"),
    [
        (BRAINPORT, ("manufacturing",), 1.2),
        (BRAINPORT, ("ict",), 1.1),
        (("Haaglanden",), ("ict",), 1.25),
        (("Rijnmond",), ("trade_transport",), 1.1),
        (("Rijnmond",), ("energy_utilities",), 1.1),
        (("Twente",), ("manufacturing",), 1.15),
    ],
)
def test_clusters_stand_out_in_their_landsdeel(
    parts: np.ndarray, names: tuple[str, ...], sectors: tuple[str, ...], least: float
) -> None:
    assert share(parts, names, sectors) > least * share(parts, names, sectors, inside=False)


@pytest.mark.parametrize(
    # public_figures P1616 to P1618: workers in technology and ICT; two starts leave about 0.7 points of luck
    ("name", "percent"),
    [("Zuidoost-Brabant", 21.9), ("Helmond-De Peel", 21.3), ("Groot Amsterdam", 15.8)],
)
def test_technical_work_is_where_figures_have_it(parts: np.ndarray, name: str, percent: float) -> None:
    assert share(parts, (name,)) == pytest.approx(percent, abs=2.0)


def test_brainport_has_more_technical_work_than_the_rest_of_its_landsdeel(parts: np.ndarray) -> None:
    assert share(parts, BRAINPORT) > share(parts, BRAINPORT, inside=False) + 1.0


def test_landsdelen_keep_their_sectors_when_parts_have_clusters(parts: np.ndarray) -> None:
    """Within what luck allows: four standard errors of two starts each."""
    coarse = sum(by_sector(synthesise(TABLES, seed=seed, scale=100.0, month=MONTH)) for seed in (1, 2))
    whole = np.asarray(landsdelen_of(FINE.dimensions))
    sector = np.asarray(DIMS.employer_sector)
    by_part = parts.sum(axis=(1, 2))
    for k, region in enumerate(DIMS.region):
        for s in range(len(DIMS.sector)):
            found = by_part[sector == s][:, whole == region].sum()
            assert abs(found - coarse[s, k]) < 4.0 * np.sqrt(found + coarse[s, k]), (region, DIMS.sector[s])


def test_metal_workers_are_drawn_to_brainport(parts: np.ndarray) -> None:
    """What moving.cluster reads is the mix of jobs of the month, so that the clusters of parts pull as such."""
    staff = parts.sum(axis=(0, 2)).astype(np.int64)
    weights = {"moving.tightness": 0.0, "moving.cluster": 0.5, "moving.with_work": 1.0}
    pull = chances_of_work(np.ones(staff.shape), staff, weights)[1 : len(staff) + 2]
    metal = pull[DIMS.occupation.index("technical_metal")]
    at = {name: k for k, name in enumerate(FINE.dimensions.region)}
    here = metal[at["Zuidoost-Brabant"]]
    assert here > 1.04 * max(metal[at[name]] for name in ("Midden-Brabant", "Noordoost-Brabant", "Zuid-Limburg"))


def test_parts_of_a_region_have_its_cluster() -> None:
    fine = refined()
    made = by_sector(synthesise(fine, seed=3, scale=SCALE, month=MONTH), fine.dimensions)
    share = made[MANUFACTURING] / made.sum(axis=0)
    country = made[MANUFACTURING].sum() / made.sum()
    parts = [k for k, whole in enumerate(landsdelen_of(fine.dimensions)) if whole == "South-East"]
    assert len(parts) >= 2
    assert (share[parts] > 1.1 * country).all()
