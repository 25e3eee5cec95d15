"""What must hold of the labour market: conservation, independence of storage, limiting cases, directions."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from mechanisms.labour_world import copy_of, world_of
from techsim.data.inputs import Tables
from techsim.data.labour import REASONS
from techsim.mechanisms.working.apprentices import process as apprentices
from techsim.mechanisms.working.identities import ledger_residuals
from techsim.mechanisms.working.matching import process as matching
from techsim.mechanisms.working.month import run_month
from techsim.mechanisms.working.participation import process as participation
from techsim.mechanisms.working.placement import process as placement
from techsim.mechanisms.working.placement.declare import MONTHS_AFTER_LEAVING, OLDEST_LEAVER
from techsim.mechanisms.world import World
from techsim.model.checks import contradictions
from techsim.population.people import People
from techsim.population.states import Labour, Stage

Build = Callable[..., World]
SETTLING = 8
"""Months after which leavers count: those measured in the school year 2009 all left during the run."""


def run(world: World, months: int, check: bool = False) -> World:
    """Run working alone for some months."""
    for _ in range(months):
        run_month(world)
        if check:
            residuals = ledger_residuals(world.labour, world.people, world.tables.dimensions)
            assert not any(residuals.values()), residuals
        world.month += 1
    return world


def unemployed(world: World) -> int:
    return int((world.people.labour == Labour.UNEMPLOYED).sum())


@pytest.mark.parametrize("gap", [0.05, -0.06])
def test_every_ledger_closes_every_month(make_world: Build, gap: float) -> None:
    path = np.concatenate([np.full(6, 0.02), np.full(18, gap)])
    world = run(make_world(gap=path, months=24), 24, check=True)
    flows = world.recorder.arrays
    assert flows["hires"].sum() == flows["hires_from_vacancies"].sum() > 0
    assert flows["separations"].sum() == flows["separations_by_reason"].sum() > 0


def test_the_order_of_storage_changes_nothing(template: People, tables: Tables) -> None:
    order = np.random.default_rng(3).permutation(template.size)
    worlds = [run(world_of(copy_of(template, o), tables, -0.02), 8) for o in (None, order)]
    a, b = (world.people for world in worlds)
    rows_a, rows_b = np.argsort(a.id), np.argsort(b.id)
    for name in ("labour", "employer", "occupation", "job_level", "job_region", "since"):
        np.testing.assert_array_equal(getattr(a, name)[rows_a], getattr(b, name)[rows_b])
    np.testing.assert_array_equal(worlds[0].labour.open_vacancies, worlds[1].labour.open_vacancies)


def test_one_person_more_changes_no_draw_of_others(template: People, tables: Tables) -> None:
    """Where nobody competes (no vacancies, no layoffs), one more person leaves everybody else as before."""
    more = copy_of(template)
    row = {name: getattr(template, name)[:1].copy() for name in template._store}
    more.add(row | {"id": np.array([12345678901], dtype=np.uint64), "labour": np.array([int(Labour.OUTSIDE)])})
    settings = {"matching__interview": 0.0, "separations__layoff_speed": 0.0, "separations__flex_speed": 0.0}
    worlds = [run(world_of(p, tables, 0.0, **settings), 4) for p in (copy_of(template), more)]
    np.testing.assert_array_equal(worlds[0].people.labour, worlds[1].people.labour[: template.size])


def test_no_vacancy_no_hire(make_world: Build) -> None:
    world = make_world()
    world.labour.open_vacancies[:] = 0
    world.labour.begin_month()
    matching.process(world)
    assert world.labour.ledger.hired.sum() == 0


def test_one_vacancy_is_filled_once(make_world: Build) -> None:
    world = make_world(matching__interview=1.0, matching__decision=1.0)
    world.labour.open_vacancies[:] = 0
    world.labour.open_vacancies[10, 7, 0, 2] = 1
    world.labour.begin_month()
    before = unemployed(world)
    matching.process(world)
    assert world.labour.ledger.filled.sum() == 1
    assert world.labour.open_vacancies.sum() == 0
    assert before - unemployed(world) + world.labour.ledger.separated.sum() == 1


def test_more_vacancies_never_lower_hires(make_world: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a round the same people apply in the same places, and more of those places decide, over a few months."""
    monkeypatch.setattr(matching, "ROUNDS", 1)
    hires = []
    for factor in (1, 2, 4, 8):
        total = 0
        for month in range(24):
            world = make_world(gap=-0.01)
            world.month += month
            sparse = np.arange(world.labour.staff.size).reshape(world.labour.staff.shape) % 40 == 0
            world.labour.open_vacancies[:] = sparse * factor
            world.labour.begin_month()
            matching.process(world)
            total += int(world.labour.ledger.hired.sum())
        hires.append(total)
    assert hires == sorted(hires)
    assert hires[-1] > hires[0]


@pytest.mark.parametrize(
    ("low", "high", "why"),
    [
        ({"gap": 0.03}, {"gap": -0.03}, "a deeper recession"),
        ({"gap": -0.02}, {"gap": -0.06}, "a recession deeper still"),
        ({"matching__interview": 0.4}, {"matching__interview": 0.04}, "fewer interviews"),
        ({"separations__quit": 0.0}, {"separations__quit": 0.01}, "more quits"),
        ({"demand__structural_slack": 0.0}, {"demand__structural_slack": 0.06}, "fewer jobs"),
        ({"separations__hoarding": 0.2, "gap": -0.06}, {"separations__hoarding": 0.0, "gap": -0.06}, "less hoarding"),
        (
            {"separations__hoarding_scarcity": 5.0, "gap": -0.06},
            {"separations__hoarding_scarcity": 0.0, "gap": -0.06},
            "scarcity forgotten",
        ),
    ],
)
def test_unemployment_rises_with(make_world: Build, low: dict[str, float], high: dict[str, float], why: str) -> None:
    levels = []
    for settings in (low, high):
        gap = settings.get("gap", 0.0)
        path = np.concatenate([np.full(3, 0.03), np.full(21, gap)])
        others = {name: value for name, value in settings.items() if name != "gap"}
        levels.append(unemployed(run(make_world(gap=path, months=24, **others), 20)))
    assert levels[1] > levels[0], why


def leavers(world: World) -> np.ndarray:
    """Make 900 technical school leavers of this month, who look for their first job; their rows."""
    people = world.people
    rows = np.flatnonzero((people.labour == Labour.UNEMPLOYED) | (people.labour == Labour.OUTSIDE))[:900]
    people.birth_month[rows] = world.month - 21 * 12
    people.level[rows] = 3 + np.arange(rows.size) % 3
    people.field[rows] = np.arange(rows.size) % 4
    people.currency[rows] = 59_000  # what schools give
    people.sex[rows] = 0
    people.left_education[rows] = world.month
    people.occupation[rows] = people.job_level[rows] = -1
    people.labour[rows] = Labour.UNEMPLOYED
    return rows


def shares(world: World) -> tuple[float, float]:
    """Leakage and underuse among the leavers, a year and a half later."""
    run(world, SETTLING)
    leavers(world)
    run(world, MONTHS_AFTER_LEAVING + 1)
    count = world.recorder.arrays["school_leavers_working"].sum(axis=(0, 1, 2, 3, 4))  # by placement is left
    assert count.sum() > 100
    return float(count[[1, 3]].sum() / count.sum()), float(count[[2, 3]].sum() / count.sum())


@pytest.mark.parametrize(("name", "low", "high"), [("field_pull", 0.5, 5.0), ("technical_pull", 0.3, 1.5)])
def test_leakage_falls_with_the_pull_of_the_field(make_world: Build, name: str, low: float, high: float) -> None:
    def leakage(value: float) -> float:
        worlds = [make_world(**{f"matching__{name}": value}) for _ in range(4)]
        for seed, world in enumerate(worlds):
            world.seed = seed
        return float(np.mean([shares(world)[0] for world in worlds]))

    assert leakage(high) < leakage(low)


def test_underuse_falls_with_the_dislike_of_lower_jobs(make_world: Build) -> None:
    _, easy = shares(make_world(matching__step_down=0.3))
    _, hard = shares(make_world(matching__step_down=2.0))
    assert hard < easy


def test_placement_is_measured_from_field_and_level(make_world: Build, tables: Tables) -> None:
    world = make_world()
    world.month += SETTLING + MONTHS_AFTER_LEAVING
    people, level = world.people, tables.dimensions.level
    world.month = world.first + 24  # those who left before the run are not measured
    people.left_education[:] = world.month
    who = [(0, 0, 0), (1, 0, 1), (0, 1, 1), (1, 1, 0)]
    cases = [(2, 2, "hbo", "hbo", 0), (2, 6, "hbo", "hbo", 1), (0, 1, "mbo4", "mbo3", 2), (0, 7, "wo", "mbo1", 3)]
    for row, (field, group, own, job, _) in enumerate(cases):
        people.left_education[row] = world.month - MONTHS_AFTER_LEAVING
        people.birth_month[row] = world.month - MONTHS_AFTER_LEAVING - (OLDEST_LEAVER * 12 - 1)
        people.labour[row], people.stage[row] = Labour.EMPLOYED, Stage.OUT
        people.field[row], people.occupation[row] = field, group
        people.level[row], people.job_level[row] = level.index(own), level.index(job)
        people.sex[row], people.background[row], people.region[row] = who[row]
    for name in ("left_education", "labour", "stage", "field", "occupation", "level", "job_level"):
        getattr(people, name)[4] = getattr(people, name)[0]
    people.birth_month[4] = people.birth_month[0] - 1  # thirty on leaving: no school leaver
    placement.process(world)
    counted = world.recorder.slot("school_leavers_working", world.month)
    expected = np.zeros_like(counted)
    for (_, _, own, _, where), person in zip(cases, who, strict=True):
        expected[level.index(own), *person, where] += 1
    np.testing.assert_array_equal(counted, expected)


def test_leavers_of_earlier_summers_do_not_count(make_world: Build) -> None:
    """Their jobs come from the tables: those who left in the summer before the run are the first who are counted."""
    world = make_world()
    counted = world.recorder.arrays["school_leavers_working"]
    for _ in range(world.last - world.first + 1):
        world.people.stage[:50], world.people.labour[:50] = Stage.OUT, Labour.EMPLOYED
        world.people.left_education[:50] = world.month - MONTHS_AFTER_LEAVING
        world.people.birth_month[:50] = world.month - 22 * 12
        world.people.field[:50] = 0
        world.people.occupation[:50] = world.people.job_level[:50] = 0
        placement.process(world)
        world.month += 1
    assert counted.sum(axis=tuple(range(1, counted.ndim))).tolist() == [0, 12 * 50, 12 * 50, 5 * 50]


def test_students_leave_jobs_and_apprentices_get_them(make_world: Build, tables: Tables) -> None:
    world = make_world()
    people, education = world.people, tables.education
    bbl = apprentices.is_bbl(world)
    works, idle = (np.flatnonzero(people.labour == s)[:60] for s in (Labour.EMPLOYED, Labour.UNEMPLOYED))
    people.stage[works], people.programme[works] = Stage.HBO, education.programmes.index("hbo_ict")
    people.stage[idle], people.programme[idle] = Stage.MBO, np.flatnonzero(bbl)[np.arange(idle.size) % bbl.sum()]
    participation.process(world)
    apprentices.process(world)
    assert (people.labour[works] == Labour.OUTSIDE).all()
    assert (people.labour[idle] == Labour.EMPLOYED).all()
    np.testing.assert_array_equal(people.occupation[idle], education.programme_field[people.programme[idle]])
    below = education.programme_level[people.programme[idle]] - people.job_level[idle]
    assert set(below.tolist()) == {0, 1}  # a level below, or at the level of the programme
    assert world.labour.ledger.separated[REASONS.index("to_education")].sum() >= works.size
    found = contradictions(world)
    assert found["bbl students without a job"] == found["full-time students in the labour force"] == 0
    assert not any(ledger_residuals(world.labour, people, tables.dimensions).values())


def test_bbl_students_and_those_who_finish_are_found(make_world: Build) -> None:
    world = make_world()
    people, bbl, rng = world.people, apprentices.is_bbl(world), np.random.default_rng(3)
    people.stage[:] = rng.choice([Stage.MBO, Stage.HBO, Stage.OUT], people.size)
    people.stage[: people.size // 2] = Stage.OUT  # nobody in whole blocks of people
    people.programme[:] = rng.integers(0, bbl.size, people.size)
    people.left_education[:] = world.month - rng.integers(0, 3, people.size)
    people.since[:] = world.month - rng.integers(0, 3, people.size)
    learns = [i for i in range(people.size) if people.stage[i] == Stage.MBO and bbl[people.programme[i]]]
    assert apprentices.apprentices(world).tolist() == learns
    left = (people.left_education == world.month) & (people.stage == Stage.OUT)
    finish = left & (people.labour == Labour.EMPLOYED) & (people.since < world.month)
    who = np.flatnonzero(finish)
    assert apprentices.finishing(world).tolist() == who.tolist()
    asked = np.flatnonzero(people.left_education >= world.month - 1)  # as moves between regions have found
    for events_of in (world.month, world.month - 1):  # a stand-in: of the state of moves no more is asked
        world.moving = SimpleNamespace(events=asked[::2], events_of=events_of)  # type: ignore[assignment]
        expected = np.intersect1d(who, asked[::2]) if events_of == world.month else who
        assert apprentices.finishing(world).tolist() == expected.tolist()
    assert min(who.size, len(learns)) > 50


def test_who_works_already_gets_a_job_that_fits_the_programme(make_world: Build, tables: Tables) -> None:
    """Another group: the job is left; the same group below the place's level: a place; at it or above: no change."""
    world = make_world()
    people, level = world.people, tables.dimensions.level
    programme = tables.education.programmes.index("mbo3_bbl_metal")
    metal, mbo3 = tables.education.programme_field[programme], level.index("mbo3")
    works = people.labour == Labour.EMPLOYED
    in_group = works & (people.occupation == metal)
    other = np.flatnonzero(works & (people.occupation != metal))[:20]
    below = np.flatnonzero(in_group & (people.job_level < mbo3 - 1))[:10]
    at_level = np.flatnonzero(in_group & (people.job_level >= mbo3))[:10]
    rows = np.concatenate([other, below, at_level])
    people.stage[rows], people.programme[rows] = Stage.MBO, programme
    sector, since = people.employer.copy(), people.since.copy()
    apprentices.process(world)
    assert (people.occupation[rows] == metal).all()
    assert (people.job_level[rows] >= mbo3 - 1).all()
    np.testing.assert_array_equal(people.employer[below], sector[below])
    np.testing.assert_array_equal(people.since[at_level], since[at_level])
    moved = world.labour.ledger.separated[REASONS.index("job_change")].sum()
    assert moved == world.labour.ledger.hired.sum() == other.size + below.size
    assert not any(ledger_residuals(world.labour, people, tables.dimensions).values())


def test_apprentices_are_never_laid_off(make_world: Build) -> None:
    world = make_world(gap=np.concatenate([np.full(3, 0.03), np.full(9, -0.15)]), months=12)
    works = np.flatnonzero(world.people.labour == Labour.EMPLOYED)[:200]
    world.people.stage[works] = Stage.MBO
    world.people.programme[works] = int(np.flatnonzero(apprentices.is_bbl(world))[0])
    run(world, 12, check=True)
    assert world.recorder.arrays["separations_by_reason"][:, REASONS.index("layoff")].sum() > 50
    assert (world.people.labour[works] == Labour.EMPLOYED).all()


def test_retirement_is_final_and_comes_with_age(make_world: Build) -> None:
    world = make_world()
    retired = world.people.labour == Labour.RETIRED
    run(world, 24)
    assert (world.people.labour[retired] == Labour.RETIRED).all()
    age = (world.month - world.people.birth_month[world.people.labour == Labour.RETIRED]) / 12
    assert age.min() > 50
    assert world.recorder.arrays["retirements"].sum() > 20


def test_prospects_rise_where_vacancies_do(make_world: Build, tables: Tables) -> None:
    ict = tables.dimensions.occupation.index("technical_ict")
    before, after = make_world(), make_world()
    after.labour.open_vacancies[:, ict] += 3
    for world in (before, after):
        world.labour.begin_month()
        from techsim.mechanisms.working.vacancies.process import observe

        observe(world, np.ones([tables.dimensions.size(d) for d in ("field", "level", "region")], dtype=np.int64))
    assert after.labour.prospects[ict] > before.labour.prospects[ict]
    assert after.labour.tightness[ict].sum() > before.labour.tightness[ict].sum()


def test_a_worker_nobody_hired_is_an_error(make_world: Build) -> None:
    world = make_world()
    idle = np.flatnonzero(world.people.labour == Labour.UNEMPLOYED)[0]
    world.people.labour[idle] = Labour.EMPLOYED
    for name in ("employer", "occupation", "job_level", "job_region"):
        getattr(world.people, name)[idle] = 0
    with pytest.raises(RuntimeError, match="never hired"):
        run_month(world)
