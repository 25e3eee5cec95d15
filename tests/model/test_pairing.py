"""Pairing: the same people and luck, whatever else is stored; what does not meet does not differ."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from model.runs import finished, scenario
from techsim.model import simulation
from techsim.population.people import FIELDS, People
from techsim.population.states import COURSES_FROM, Flag, Labour, Stage
from techsim.population.synthetic import add_person, synthesise


def with_one_more(pick: Callable[[People], np.ndarray], changes: dict[str, int] | None = None):  # type: ignore[no-untyped-def]
    """A maker of start populations that hold one person more, like the first whom ``pick`` finds."""

    def make(tables, seed, *rest) -> People:  # type: ignore[no-untyped-def]
        people = synthesise(tables, seed, *rest)
        add_person(people, int(pick(people)[0]), seed, changes)
        return people

    return make


def state_by_id(people: People, names: tuple[str, ...]) -> dict[int, tuple[object, ...]]:
    columns = [
        (people.flags & SCHOOL_FLAGS if name == SCHOOL_BITS else getattr(people, name)).tolist() for name in names
    ]
    return dict(zip(people.id.tolist(), zip(*columns, strict=True), strict=True))


SCHOOL_BITS = "flags of school"
SCHOOL_FLAGS = np.uint8((1 << COURSES_FROM) - 1 ^ (Flag.TEMPORARY | Flag.SHORT_TIME))
"""Contracts, short-time work and courses are of the labour market, where people do compete."""
SCHOOL = ("birth_month", "stage", "track", "grade", "programme", "diploma", "profile", SCHOOL_BITS)


WORK_MOVES_NOBODY = dict.fromkeys(
    ("moving.tightness", "moving.cluster", "moving.job", "labour_migration.directed"), 0.0
)
"""A worker more is met on the labour market, and who moves for work (W5) takes that to schools of another region."""


@pytest.mark.parametrize(
    ("end", "pick", "names"),
    [
        ("2010-06", lambda p: np.flatnonzero(p.stage == Stage.CHILD), tuple(FIELDS)),
        ("2010-06", lambda p: np.flatnonzero(p.labour == Labour.RETIRED), tuple(FIELDS)),
        ("2009-06", lambda p: np.flatnonzero(p.stage == Stage.WO_MASTER), SCHOOL),
        ("2008-08", lambda p: np.flatnonzero(p.labour == Labour.EMPLOYED), SCHOOL),
    ],
    ids=["a child", "a pensioner", "a student", "a worker"],
)
def test_one_person_more_changes_nothing_of_anyone_else(
    monkeypatch: pytest.MonkeyPatch, end: str, pick: Callable[[People], np.ndarray], names: tuple[str, ...]
) -> None:
    """Who does not compete with the person more lives the very same life: every draw of his is the same."""
    what = scenario(end=end, scale=800, parameters=WORK_MOVES_NOBODY)
    alone = state_by_id(finished(what).world.people, names)
    monkeypatch.setattr(simulation, "synthesise", with_one_more(pick))
    joined = state_by_id(finished(what).world.people, names)
    extra = set(joined) - set(alone)
    assert len(extra) <= 1
    assert all(joined[i] == alone[i] for i in alone)


NO_VOLUME = {
    "career_guidance": {"start": "2008-02", "volume": 0.0, "unit_cost": 10},
    "deeltijd_ww": {"start": "2008-02", "volume": 0.0},
    "deeltijd_ww_2009": {"volume": 0.0},
}


@pytest.mark.parametrize("name", NO_VOLUME)
def test_a_lever_of_no_volume_is_no_lever(name: str) -> None:
    """Identical to the last bit in every indicator but the ledger of levers."""
    without = finished(scenario(end="2009-12")).world.recorder
    lever = {name: NO_VOLUME[name]}
    with_it = finished(scenario(end="2009-12", levers=(lever,))).world.recorder
    for indicator, values in without.arrays.items():
        if indicator != "spending":
            assert values.tobytes() == with_it.arrays[indicator].tobytes(), indicator
    assert with_it.arrays["spending"].sum() == 0.0


def test_the_seed_is_what_matters() -> None:
    first, again, other = (finished(scenario(end="2009-12", seed=s)).world.recorder for s in (1, 1, 2))
    assert all(first.arrays[name].tobytes() == again.arrays[name].tobytes() for name in first.arrays)
    assert not np.array_equal(first.arrays["entrants"], other.arrays["entrants"])
