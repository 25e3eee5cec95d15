"""Nothing leaks: people, students by stage, jobs and vacancies, each month, exactly; and the checks can fail."""

from __future__ import annotations

import numpy as np
import pytest

from model.runs import finished, scenario
from techsim.experiment.simulate import tables
from techsim.mechanisms.working.apprentices.process import is_bbl
from techsim.model import simulation
from techsim.model.checks import IdentityError, contradictions, month_residuals
from techsim.model.schedule import MONTH, Entry
from techsim.model.simulation import TechsimModel
from techsim.population.people import FIELDS
from techsim.population.states import Labour, Stage


@pytest.mark.parametrize("seed", [1, 2])
def test_every_identity_is_zero_in_every_month(seed: int) -> None:
    model = finished(scenario(end="2011-12", scale=700, seed=seed))
    assert len(model.auditor.largest) >= 15
    assert set(model.auditor.largest.values()) == {0}


def test_students_of_october_follow_from_those_of_the_year_before() -> None:
    """Students(y) = students(y - 1) + all who enrolled - all who left, level by level, from month to month."""
    model = TechsimModel(scenario(end="2010-11", scale=700), tables=tables())
    world = model.world
    before = None
    for _ in range(35):
        model.step()
        people = world.people
        counts = np.bincount(people.stage, minlength=len(Stage))
        assert counts.sum() == people.size
        if world.calendar_month == 10:
            students = int(counts[Stage.MBO : Stage.WO_MASTER + 1].sum())
            assert students == world.recorder.arrays["students"][world.school_year - 2007].sum()
            assert before is None or abs(students / before - 1.0) < 0.1
            before = students


def test_workers_and_graduates_by_background_are_those_by_the_other_groups() -> None:
    model = finished(scenario(end="2010-12", scale=700))
    people, made = model.world.people, model.world.recorder.arrays
    workers, technical = made["employed_by_background"], tables().dimensions.occupation_technical
    np.testing.assert_array_equal(workers.sum(axis=1), made["employed"].sum(axis=(1, 2, 3, 4)))
    by_occupation = made["employed_by_occupation"].sum(axis=2)
    np.testing.assert_array_equal(workers.sum(axis=(1, 2)), by_occupation.sum(axis=1))
    at_work = np.flatnonzero(people.labour == Labour.EMPLOYED)
    cell = people.background[at_work] * 2 + technical[people.occupation[at_work]]
    by_hand = np.bincount(cell, minlength=workers[0].size).reshape(workers[0].shape)
    np.testing.assert_array_equal(workers[-1], by_hand)
    diplomas = made["graduates_by_background"]
    np.testing.assert_array_equal(diplomas.sum(axis=2), made["graduates"].sum(axis=(2, 3, 4)))
    assert (diplomas.sum(axis=(0, 1)) > 0).all()
    flows = made["cohort_flows"].sum(axis=(3, 4))
    np.testing.assert_array_equal(made["cohort_flows_by_region"].sum(axis=3), flows)
    assert flows.sum() > 0


def tampered(name: str, change) -> tuple[Entry, ...]:  # type: ignore[no-untyped-def]
    """The month with one process followed by a fault."""
    from dataclasses import replace

    def with_fault(entry: Entry) -> Entry:
        def process(world) -> None:  # type: ignore[no-untyped-def]
            entry.process(world)
            change(world)

        return replace(entry, process=process)

    return tuple(with_fault(entry) if entry.name == name else entry for entry in MONTH)


def lose_a_person(world) -> None:  # type: ignore[no-untyped-def]
    world.people.remove(np.array([5]))


def lose_a_student(world) -> None:  # type: ignore[no-untyped-def]
    row = np.flatnonzero(world.people.stage == Stage.HBO)[0]
    world.people.stage[row], world.people.programme[row] = Stage.OUT, -1


def hire_without_books(world) -> None:  # type: ignore[no-untyped-def]
    row = np.flatnonzero(world.people.labour == Labour.UNEMPLOYED)[0]
    other = np.flatnonzero(world.people.labour == Labour.EMPLOYED)[0]
    for name in ("labour", "occupation", "job_level", "job_region", "employer"):
        getattr(world.people, name)[row] = getattr(world.people, name)[other]


def lose_a_vacancy(world) -> None:  # type: ignore[no-untyped-def]
    at = np.unravel_index(world.labour.open_vacancies.argmax(), world.labour.open_vacancies.shape)
    world.labour.open_vacancies[at] -= 1


@pytest.mark.parametrize(
    ("entry", "fault", "said"),
    [
        ("births, deaths, migration", lose_a_person, "international students.*people by stage"),
        ("drop-out", lose_a_student, "people by stage"),
        ("search and matching", hire_without_books, "staff_of_people"),
        ("search and matching", lose_a_vacancy, "vacancy_ledger"),
    ],
)
def test_a_leak_stops_the_run(monkeypatch: pytest.MonkeyPatch, entry: str, fault, said: str) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(simulation, "MONTH", tampered(entry, fault))
    model = TechsimModel(scenario(scale=1000), tables=tables())
    with pytest.raises(IdentityError, match=said) as caught:
        model.step()
    assert "2008-01" in str(caught.value)


def test_codes_that_contradict_each_other_are_found() -> None:
    model = TechsimModel(scenario(scale=1000), tables=tables())
    model.step()
    world = model.world
    assert set(month_residuals(world).values()) == {0}
    people, bbl = world.people, is_bbl(world)
    pupils, mbo, out = (np.flatnonzero(people.stage == stage) for stage in (Stage.VO, Stage.MBO, Stage.OUT))
    learns = bbl[people.programme[mbo]]
    people.programme[mbo[~learns][0]] = -1
    people.grade[pupils[:2]] = 0
    people.programme[out[:3]] = 0
    people.labour[pupils[2:6]] = Labour.UNEMPLOYED
    people.labour[mbo[learns][:5]] = Labour.UNEMPLOYED
    people.labour[out[people.labour[out] == Labour.RETIRED][:6]] = len(Labour)
    found = contradictions(world)
    assert list(found.values()) == [1, 2, 3, 6, 4, 5]
    assert month_residuals(world).items() >= found.items()


def test_population_arrays_keep_their_types() -> None:
    """Compact types are part of the memory budget; a process that widens one would show here."""
    world = finished(scenario(end="2008-10", scale=1000)).world
    assert {name: getattr(world.people, name).dtype for name in FIELDS} == {
        name: np.dtype(dtype) for name, (dtype, _) in FIELDS.items()
    }
