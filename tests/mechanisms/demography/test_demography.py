"""D1: kernels against the reference, conservation, pairing, and the population against the evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference import demography as reference
from techsim.data.demography import EDUCATION, EVIDENCE_END, START_MONTHS
from techsim.data.inputs import load_tables
from techsim.mechanisms.demography import kernels
from techsim.mechanisms.demography.course import course_of
from techsim.mechanisms.demography.declare import INDICATORS, PARAMETERS
from techsim.mechanisms.demography.newcomers import Arrivals, Births, immigrants, newborn, whole_people
from techsim.mechanisms.demography.process import age_groups, count_residents, process
from techsim.mechanisms.tallies import tally
from techsim.mechanisms.world import World
from techsim.population.attainment import DIPLOMA_OF, choose_rows
from techsim.population.clock import month_index
from techsim.population.draws import uniforms
from techsim.population.people import FIELDS, People, person_id
from techsim.population.randomness import Purpose
from techsim.population.states import Labour, Origin, Stage
from techsim.population.synthetic import add_person, synthesise
from techsim.results.coordinates import AGE_GROUP, coordinates, sizes
from techsim.results.recorder import Recorder

if TYPE_CHECKING:
    from techsim.mechanisms.choosing.state import Schools
    from techsim.mechanisms.demography.moving.state import Moving
    from techsim.mechanisms.working.state import LabourMarket

FIRST = START_MONTHS[0]
TABLES = load_tables()


def world(last: int, scale: float = 1000.0, seed: int = 1, changes: dict[str, float] | None = None) -> World:
    """A world in which only demography lives."""
    recorder = Recorder(INDICATORS, sizes(coordinates(TABLES.dimensions)), FIRST, last)
    parameters = {parameter.name: parameter.default for parameter in PARAMETERS} | (changes or {})
    return World(
        seed=seed,
        month=FIRST,
        first=FIRST,
        last=last,
        scale=scale,
        people=synthesise(TABLES, seed, scale, FIRST),
        tables=TABLES,
        parameters=parameters,
        hooks={},
        output_gap=np.zeros(last - FIRST + 1),
        recorder=recorder,
        schools=cast("Schools", None),
        labour=cast("LabourMarket", None),
    )


def live(w: World, until: int) -> World:
    while w.month < until:
        process(w)
        w.month += 1
    return w


def flows(w: World) -> dict[str, int]:
    arrays = w.recorder.arrays
    immigration, emigration = (int(arrays["migration"][:, flow].sum()) for flow in (0, 1))
    return {
        "births": int(arrays["births"].sum()),
        "deaths": int(arrays["deaths"].sum()),
        "immigration": immigration,
        "emigration": emigration,
    }


def test_people_are_conserved_every_month() -> None:
    w = world(FIRST + 35)
    before, so_far = w.people.size, flows(w)
    for month in range(FIRST, FIRST + 36):
        w.month = month
        process(w)
        now = flows(w)
        change = {name: now[name] - so_far[name] for name in now}
        assert (
            w.people.size == before + change["births"] + change["immigration"] - change["deaths"] - change["emigration"]
        )
        before, so_far = w.people.size, now
    assert all(count > 0 for count in so_far.values())
    assert np.unique(w.people.id).size == w.people.size


def test_fates_equal_the_reference() -> None:
    month = FIRST + 3
    people = synthesise(TABLES, 7, 5000.0, FIRST)
    demography = TABLES.demography
    # Hazards raised, so that all three fates occur among some thousand people.
    death = np.minimum(60.0 * demography.death_chances(month, 0.015), 0.6)
    emigrate = np.minimum(60.0 * demography.emigration_chances(month, 1.0), 0.6)
    gone = np.empty(people.size, dtype=np.int64)
    deaths = np.zeros((2, len(AGE_GROUP), 5), dtype=np.int64)
    emigrants = np.zeros((2, 3, 5), dtype=np.int64)
    stage = people.stage.copy()
    plan = (people.id % np.uint64(3)).astype(np.int8)
    leave = kernels.live_a_month(
        seed=7,
        month=month,
        ids=people.id,
        birth_month=people.birth_month,
        sex=people.sex,
        background=people.background,
        region=people.region,
        death=death,
        emigrate=emigrate,
        age_group=age_groups(),
        plan=plan,
        stage=stage,
        gone=gone,
        deaths=deaths,
        emigrants=emigrants,
    )
    found: dict[str, list[int]] = {"dies": [], "emigrates": [], "stays": []}
    for i in range(people.size):
        person = {name: int(getattr(people, name)[i]) for name in ("id", "birth_month", "sex", "background", "region")}
        plans = ("free", "bound", "goes")[plan[i]]
        fate = reference.fate(7, month, person, death.tolist(), emigrate.tolist(), plans)
        found[fate].append(i)
        starts = people.stage[i] == Stage.CHILD and month - person["birth_month"] >= reference.FOUR_YEARS
        assert stage[i] == (Stage.PRIMARY if starts else people.stage[i])
    assert all(len(rows) > 50 for rows in found.values())
    np.testing.assert_array_equal(gone[:leave], sorted(found["dies"] + found["emigrates"]))
    assert deaths.sum() == len(found["dies"])
    for rows, count, extra in ((found["dies"], deaths, None), (found["emigrates"], emigrants, people.background)):
        expected_count = np.zeros_like(count)
        for i in rows:
            age = min((month - int(people.birth_month[i])) // 12, 104)
            middle = age_groups()[age] if extra is None else extra[i]
            expected_count[people.sex[i], middle, people.region[i]] += 1
        np.testing.assert_array_equal(count, expected_count)


@pytest.mark.parametrize("month", [FIRST, month_index(2020, 6), month_index(2035, 1)])
def test_chances_equal_the_reference(month: int) -> None:
    demography = TABLES.demography
    year = min(month // 12 + 1900, 2060) - 2008
    past, later = (min(month, EVIDENCE_END) - FIRST) / 12, max(month - EVIDENCE_END, 0) / 12
    chances = demography.death_chances(month, 0.02)
    for sex in (0, 1):
        hazards = {
            "65": float(demography.hazard_65[sex]),
            "85": float(demography.hazard_85[sex]),
            "floor": float(demography.hazard_floor[sex]),
            "infant": float(demography.infant[sex]),
        }
        ratio = float(demography.mortality_ratio[year])
        expected = [reference.death_chance(age, hazards, ratio, past, later, 0.02) for age in range(105)]
        np.testing.assert_allclose(chances[:, sex], expected, rtol=1e-9)
    emigration = demography.emigration_chances(month, 1.0)
    ratio = float(demography.emigration_ratio[year])
    assert emigration[30, 1] == pytest.approx(
        reference.emigration_chance(float(demography.emigration_rate[30, 1]), ratio)
    )


@given(st.floats(0.0, 1e6), st.floats(0.0, 1e5), st.sampled_from([1.0, 100.0, 333.0, 5000.0]))
def test_whole_people_equal_the_reference(before: float, more: float, scale: float) -> None:
    threshold = 0.6180339887498949
    found = int(whole_people(np.array([before]), np.array([before + more]), scale)[0])
    assert found == reference.newcomers(before, before + more, scale, threshold)


@pytest.mark.parametrize("scale", [1.0, 100.0, 1000.0])
def test_births_follow_the_table_within_a_person_per_cell_at_any_scale(scale: float) -> None:
    demography = TABLES.demography
    total = np.zeros((2, 3, 5), dtype=np.int64)
    for month in range(FIRST, FIRST + 120):
        numbers = whole_people(demography.births_before(month, 1.0), demography.births_before(month + 1, 1.0), scale)
        assert (numbers >= 0).all()
        total += numbers
    exact = demography.births_before(FIRST + 120, 1.0) / scale
    assert np.abs(total - exact).max() < 1.0
    assert abs(total.sum() - exact.sum()) < 3.0


@pytest.mark.parametrize("moves", [False, True])
def test_the_course_of_a_run_is_what_the_tables_say_of_each_month(*, moves: bool) -> None:
    """Where people move, whoever does not come for work, and regions apart; elsewhere all, by region."""
    share, tables = 0.4, TABLES.demography
    w = world(EVIDENCE_END + 30, 100.0, changes={"labour_migration.share": share, "demography.births_outlook": 1.2})
    w.moving = cast("Moving", object()) if moves else None
    course, ages = course_of(w), tables.immigrant_ages
    part = share * ages[20:46].sum() if moves else 0.0
    for at in (0, 7, EVIDENCE_END - FIRST, EVIDENCE_END - FIRST + 20):
        month = FIRST + at
        assert np.array_equal(course.death[at], tables.death_chances(month, 0.015))
        assert np.array_equal(course.emigrate[at // 12], tables.emigration_chances(month, 1.0))
        before, after = (tables.births_before(m, 1.2) for m in (month, month + 1))
        assert np.array_equal(course.births[at], after - before)
        if moves:
            before, after = before.sum(axis=2, keepdims=True), after.sum(axis=2, keepdims=True)
        assert np.array_equal(course.born[at], whole_people(before, after, 100.0))
        until = tables.immigrants_before(month + 1, 1.0)
        so_far = course.others[: at + 1].sum(axis=0)
        expected = (1.0 - part) * (until.sum(axis=2, keepdims=True) if moves else until)
        assert np.abs(so_far - expected / 100.0).max() <= 1.0
        come = (until - tables.immigrants_before(month, 1.0)).sum(axis=2)
        assert course.workers[at] == pytest.approx(come * part)
    assert course.other_ages[3].sum() == pytest.approx(1.0)


def test_one_person_more_changes_nobody_elses_fate() -> None:
    plain, more = world(FIRST + 119), world(FIRST + 119)
    rows = [add_person(more.people, like=like, seed=1) for like in (0, 500, 5000, 9000)]
    extra = more.people.id[rows]
    live(plain, FIRST + 120)
    live(more, FIRST + 120)
    others = np.flatnonzero(~np.isin(more.people.id, extra))
    others = others[np.argsort(more.people.id[others])]
    by_id = np.argsort(plain.people.id)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(more.people, name)[others], getattr(plain.people, name)[by_id], name)


def test_fates_do_not_depend_on_the_order_of_storage() -> None:
    plain, shuffled = world(FIRST + 23), world(FIRST + 23)
    order = np.random.default_rng(1).permutation(shuffled.people.size)
    mixed = People()
    mixed.add({name: getattr(shuffled.people, name)[order] for name in FIELDS})
    shuffled.people = mixed
    live(plain, FIRST + 24)
    live(shuffled, FIRST + 24)
    assert set(plain.people.id.tolist()) == set(shuffled.people.id.tolist())


def test_outlook_changes_nothing_before_2024_and_shares_its_people_after() -> None:
    changes = {"demography.births_outlook": 1.3, "demography.immigration_outlook": 0.5}
    plain, other = world(FIRST + 227, 5000.0), world(FIRST + 227, 5000.0, changes=changes)
    live(plain, EVIDENCE_END)
    live(other, EVIDENCE_END)
    np.testing.assert_array_equal(plain.people.id, other.people.id)
    live(plain, FIRST + 228)
    live(other, FIRST + 228)
    assert other.recorder.arrays["births"][16:].sum() > 1.2 * plain.recorder.arrays["births"][16:].sum()
    assert other.recorder.arrays["migration"][16:, 0].sum() < 0.6 * plain.recorder.arrays["migration"][16:, 0].sum()
    shared = np.intersect1d(plain.people.id, other.people.id)
    assert shared.size > 0.9 * plain.people.size
    for name in FIELDS:
        mine, theirs = (
            dict(zip(w.people.id.tolist(), getattr(w.people, name).tolist(), strict=True)) for w in (plain, other)
        )
        assert [mine[i] for i in shared.tolist()] == [theirs[i] for i in shared.tolist()], name


@pytest.mark.parametrize(
    ("parameter", "value", "indicator", "sign"),
    [
        ("demography.mortality_improvement", 0.05, "deaths", -1),
        ("demography.births_outlook", 1.5, "births", 1),
        ("demography.immigration_outlook", 1.5, "immigration", 1),
        ("demography.emigration_outlook", 2.0, "emigration", 1),
    ],
)
def test_direction_of_every_parameter(parameter: str, value: float, indicator: str, sign: int) -> None:
    last = EVIDENCE_END + 59
    plain = flows(live(world(last, 1000.0), last + 1))[indicator]
    changed = flows(live(world(last, 1000.0, changes={parameter: value}), last + 1))[indicator]
    assert sign * (changed - plain) > 0


def test_without_hazards_nobody_leaves() -> None:
    w = world(FIRST + 11)
    before = set(w.people.id.tolist())
    still = {"death": np.zeros((105, 2)), "emigrate": np.zeros((105, 3))}
    gone = np.empty(w.people.size, dtype=np.int64)
    p = w.people
    leave = kernels.live_a_month(
        seed=1, month=FIRST, ids=p.id, birth_month=p.birth_month, sex=p.sex, background=p.background, region=p.region,
        **still, age_group=age_groups(), plan=np.zeros(p.size, dtype=np.int8), stage=p.stage, gone=gone,
        deaths=np.zeros((2, len(AGE_GROUP), 5), dtype=np.int64), emigrants=np.zeros((2, 3, 5), dtype=np.int64),
    )  # fmt: skip
    assert not leave
    assert len(before) == w.people.size


def test_people_are_counted_by_what_they_are() -> None:
    sex, background, region = (np.array(codes, dtype=np.int8) for codes in ([0, 1, 1, 1], [2, 0, 0, 1], [4, 3, 3, 0]))
    count = np.ones((2, 3, 5), dtype=np.int64)
    kernels.count_people(sex, background, region, count)
    assert {tuple(map(int, cell)): int(count[tuple(cell)]) for cell in np.argwhere(count != 1)} == {
        (0, 2, 4): 2,
        (1, 0, 3): 3,
        (1, 1, 0): 2,
    }


def arrived(arrivals: Arrivals, seed: int, month: int) -> People:
    people = People()
    (rows,) = people.make_room(np.zeros(0, dtype=np.int64), int(arrivals.numbers.sum()))
    immigrants(people, rows, arrivals, seed, month, TABLES.dimensions, TABLES.demography)
    return people


def test_newborn_and_immigrants_are_made_whole() -> None:
    numbers = np.full((2, 3, 5), 40)
    dims, month = TABLES.dimensions, month_index(2015, 5)
    babies = People()
    (rows,) = babies.make_room(np.zeros(0, dtype=np.int64), 1200)
    newborn(babies, rows, Births(numbers), 1, month, dims)
    assert (babies.id >> np.uint64(62) == int(Origin.BIRTH)).all()
    assert np.unique(babies.id).size == 1200
    assert babies.ability.std() == pytest.approx(1.0, abs=0.1)
    assert (babies.birth_month == month).all()
    assert (babies.field == dims.general).all()
    people = arrived(Arrivals(numbers, TABLES.demography.immigrant_ages), 1, month)
    age = (month - people.birth_month.astype(int)) // 12
    assert (people.stage == np.select([age < 4, age < 16], [Stage.CHILD, Stage.PRIMARY], Stage.OUT)).all()
    assert (people.labour == Labour.OUTSIDE).all()
    assert (people.diploma[age < 18] == 0).all()
    high = people.level >= dims.level.index("hbo")
    assert age[high].min() >= 22
    assert (people.field >= 0).all()
    assert (people.field[people.diploma == 0] == dims.general).all()
    twenties = ((age >= 18) & (age < 30)).mean()
    assert twenties == pytest.approx(0.425, abs=0.06)


def test_immigrants_education_follows_the_table() -> None:
    numbers = np.zeros((2, 3, 5), dtype=np.int64)
    numbers[0, 1] = 4000
    people = arrived(Arrivals(numbers, TABLES.demography.immigrant_ages), 2, FIRST)
    age = (FIRST - people.birth_month.astype(int)) // 12
    wo = (people.level[age >= 22] == TABLES.dimensions.level.index("wo")).mean()
    # 20,000 draws: three standard deviations are below 0.01
    assert wo == pytest.approx(TABLES.demography.immigrant_education[1, EDUCATION.index("wo")], abs=0.01)


@pytest.fixture(scope="module")
def history() -> World:
    last = month_index(2024, 1)
    return live(world(last, 200.0), last + 1)


@pytest.mark.parametrize(
    # public_figures P0035 ff.
    ("year", "persons"),
    [(2010, 16_574_989), (2015, 16_900_726), (2018, 17_181_084), (2020, 17_407_585), (2024, 17_942_942)],
)
def test_population_is_within_a_percent_of_the_evidence(history: World, year: int, persons: int) -> None:
    found = history.recorder.arrays["population"][year - 2008].sum() * history.scale
    assert found == pytest.approx(persons, rel=0.01)


@pytest.mark.parametrize(
    # public_figures P1497 ff.
    ("year", "groups"),
    [
        (2010, (3_928_334, 4_192_772, 5_915_555, 1_890_334, 647_994)),
        (2015, (3_828_059, 4_134_447, 5_930_535, 2_272_709, 734_976)),
        (2018, (3_810_656, 4_253_083, 5_878_229, 2_460_202, 778_914)),
        (2019, (3_791_838, 4_309_987, 5_866_334, 2_515_184, 798_820)),
    ],
)
def test_age_groups_are_within_two_percent_of_the_evidence(history: World, year: int, groups: tuple[int, ...]) -> None:
    by_age = history.recorder.arrays["population"][year - 2008].sum(axis=(0, 2)) * history.scale
    found = [by_age[a:b].sum() for a, b in ((0, 4), (4, 8), (8, 13), (13, 16), (16, 20))]
    # 80 and over: 3,900 simulated people, whose deaths over ten years alone spread by 1.1 %
    tolerance = [0.02, 0.02, 0.02, 0.02, 0.035]
    for have, wanted, within in zip(found, groups, tolerance, strict=True):
        assert have == pytest.approx(wanted, rel=within)


def test_sexes_and_regions_are_near_the_evidence(history: World) -> None:
    population = history.recorder.arrays["population"]
    men = population[2020 - 2008].sum(axis=(1, 2))
    assert men[0] / men.sum() == pytest.approx(8_648_031 / 17_407_585, abs=0.005)  # P1540
    regions = population[2018 - 2008].sum(axis=(0, 1))
    # figures population_share: North, East, North-West, South-West, South-East
    np.testing.assert_allclose(regions / regions.sum(), [0.100, 0.187, 0.264, 0.277, 0.172], atol=0.006)


@pytest.mark.parametrize(("year", "deaths"), [(2008, 135_136), (2018, 153_363), (2020, 168_678)])  # CBS, from memory
def test_deaths_are_near_the_statistics(history: World, year: int, deaths: int) -> None:
    # 700 to 850 simulated deaths: three standard deviations are 11 %
    assert history.recorder.arrays["deaths"][year - 2008].sum() * history.scale == pytest.approx(deaths, rel=0.11)


def test_every_indicator_is_recorded_and_every_parameter_is_an_assumption_with_a_prior(history: World) -> None:
    for indicator in INDICATORS:
        assert history.recorder.arrays[indicator.name].any(), indicator.name
    for parameter in PARAMETERS:
        assert parameter.is_assumption
        assert parameter.low < parameter.default < parameter.high


def test_choices_by_weights_equal_the_array_form() -> None:
    luck = np.random.default_rng(5)
    weights, draws = luck.random((300, 7)) * (luck.random((300, 7)) < 0.6), luck.random(300)
    expected = choose_rows(np.cumsum(weights, axis=1), draws)
    assert [kernels.chosen_of(w, u) for w, u in zip(weights, draws, strict=True)] == expected.tolist()


def test_immigrants_equal_the_reference() -> None:
    """Cell by cell, with ages, educations and fields drawn one by one."""
    numbers, tables, month = np.arange(30).reshape(2, 3, 5) % 4, TABLES.demography, month_index(2015, 5)
    places = np.random.default_rng(6).random((3, 5))
    made = arrived(Arrivals(numbers, tables.immigrant_ages, places=places), 3, month)
    until, at = np.cumsum(tables.immigrant_ages), 0
    for cell, (sex, background, region) in enumerate(np.ndindex(*numbers.shape)):
        for rank in range(numbers[sex, background, region]):
            pid = person_id(int(Origin.IMMIGRATION), month, cell, np.array([rank]))
            u = {k: uniforms(3, int(Purpose.IMMIGRATION), pid, 0, k) for k in (0, 1, 2, 3, 7)}
            assert made.id[at] == pid[0]
            assert (made.sex[at], made.background[at]) == (sex, background)
            assert made.region[at] == choose_rows(np.cumsum(places[[background]], axis=1), u[7])[0]
            years = int(min(np.searchsorted(until, u[0][0]), until.size - 1))
            assert made.birth_month[at] == month - 12 * years - int(12 * u[1][0])
            assert made.stage[at] == (Stage.CHILD if years < 4 else Stage.PRIMARY if years < 16 else Stage.OUT)
            learnt = choose_rows(np.cumsum(tables.immigrant_education[[background]], axis=1), u[2])[0]
            learnt = 0 if years < 18 else learnt
            if years < 22 and EDUCATION[learnt] in ("hbo", "wo"):
                learnt = EDUCATION.index("vwo")
            assert made.diploma[at] == DIPLOMA_OF[EDUCATION[learnt]]
            field = choose_rows(np.cumsum(tables.education_fields[[learnt], sex], axis=1), u[3])[0]
            assert made.field[at] == field
            at += 1
    assert at == made.id.size
    count = np.zeros_like(numbers)
    tally(count, (made.sex, made.background, made.region))
    np.testing.assert_array_equal(count.sum(axis=2), numbers.sum(axis=2))


def test_residents_are_counted_by_the_age_of_the_month_before() -> None:
    w = world(FIRST + 24)
    w.month = FIRST + 24
    count_residents(w)
    expected = np.zeros((2, len(AGE_GROUP), 5), dtype=np.int64)
    for sex, born, region in zip(w.people.sex, w.people.birth_month.tolist(), w.people.region, strict=True):
        expected[sex, age_groups()[min((w.month - 1 - born) // 12, 104)], region] += 1
    np.testing.assert_array_equal(w.recorder.slot("population", w.month), expected)
