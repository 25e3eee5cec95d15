"""Person by person: the same people in two worlds, against a count with dicts."""

from __future__ import annotations

import dataclasses
from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.outcomes import moves
from techsim.data.dimensions import load_dimensions
from techsim.population.people import People
from techsim.population.reached import PROGRAMMES, Reached
from techsim.population.states import NEVER, Diploma, Flag, Labour
from techsim.results.effects import net
from techsim.results.outcomes import (
    DIPLOMA,
    MEASURE,
    PROGRAMME,
    WORK,
    Outcomes,
    Sizes,
    compare,
    take,
)

DIMS = load_dimensions()
PERSON = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 255), st.sampled_from([NEVER, 10, 20]))
WORLD = st.dictionaries(st.integers(0, 30), PERSON, min_size=1)


GONE_TOO = np.arange(0, 40, 3, dtype=np.uint64)
"""Ids of those whom levers reached, some of whom are in neither world any more; by the programmes of id modulo 16."""
Told = dict[int, tuple[int, int, int, int]]
"""By id: work, diploma, flags and the month of the last spell of short-time work."""


def world(people: Told) -> Outcomes:
    """Sex and background follow from the id, as they never change."""
    ids = np.array(sorted(people), dtype=np.uint64)
    work, diploma, flags, spell = np.array([people[int(i)] for i in ids]).T
    return Outcomes(
        id=ids,
        work=work.astype(np.int8),
        diploma=diploma.astype(np.int8),
        sex=(ids % np.uint64(2)).astype(np.int8),
        background=(ids % np.uint64(3)).astype(np.int8),
        flags=flags.astype(np.uint8),
        short_time=spell.astype(np.int16),
        level=(work % 3).astype(np.int8),
        region=(diploma % 2).astype(np.int8),
        technical_choice=flags % 3 == 1,
        reached=Reached(GONE_TOO, (GONE_TOO % np.uint64(16)).astype(np.uint8)),
    )


@settings(max_examples=60, deadline=None)
@given(WORLD, WORLD)
def test_counts_are_those_of_the_definition(a: Told, b: Told) -> None:
    pair = compare(world(a), world(b), Sizes(2, 3, 3, 2))
    for found, states, at in ((pair.work, WORK, 0), (pair.diploma, DIPLOMA, 1)):
        expected = moves({i: states[p[at]] for i, p in a.items()}, {i: states[p[at]] for i, p in b.items()}, "absent")
        whole = found.sum(axis=(0, 1))
        assert {(x, y): n for (x, y), n in expected.items()} == {
            (states[i], states[j]): whole[i, j] for i, j in zip(*np.nonzero(whole), strict=True)
        }
        assert found.sum(axis=(1, 2, 3))[1] == len({i for i in a.keys() | b.keys() if i % 2})
        # what each state gains is counted in the two worlds apart; who is in one only is absent from the other
        here, there = [Counter(states[p[at]] for p in of.values()) for of in (a, b)]
        here["absent"], there["absent"] = len(b.keys() - a.keys()), len(a.keys() - b.keys())
        change = net(found.sum(axis=(0, 1)).astype(float))
        assert change.tolist() == [there[state] - here[state] for state in states]
        assert change.sum() == 0
    route = [{i for i, p in of.items() if p[2] & Flag.TECHNOLOGIEROUTE} for of in (a, b)]
    joined = route[1] - route[0]
    # deadweight + additional + neither + lost = take-up, whatever is looked at
    assert (pair.participants[PROGRAMME.index("technologieroute")].sum(axis=(1, 2)) == len(joined)).all()
    began = {i for i, p in b.items() if p[3] != NEVER and (i not in a or a[i][3] != p[3])}
    at_work = pair.participants[PROGRAMME.index("short_time"), MEASURE.index("at_work")]
    assert at_work[1, 1] == sum(b[i][0] < 5 and i in a and a[i][0] < 5 for i in began)
    assert at_work.sum() == len(began)


@settings(max_examples=60, deadline=None)
@given(WORLD, WORLD)
def test_choosers_are_those_whom_a_lever_reached(a: Told, b: Told) -> None:
    """By the sets of ids of the two worlds, programme by programme."""
    pair = compare(world(a), world(b), Sizes(2, 3, 3, 2))
    old, new = ({i for i, p in of.items() if p[2] % 3 == 1} for of in (a, b))
    for k in range(len(PROGRAMMES)):
        reached = {int(i) for i in GONE_TOO if int(i) % 16 >> k & 1}
        one, other, found = old & reached, new & reached, pair.choosers[k]
        assert (found[1, 1], found[0, 1], found[1, 0]) == (len(one & other), len(other - one), len(one - other))
        assert pair.took_up[k] == len(other)
        assert found[1, 1] + found[0, 1] == pair.took_up[k]  # deadweight and additional are the take-up
        assert found.sum() == len(reached & (a.keys() | b.keys()))


@settings(max_examples=60, deadline=None)
@given(WORLD, WORLD)
def test_who_has_support_in_primary_school_is_whom_a_lever_reached(a: Told, b: Told) -> None:
    """Not who meets W&T in one world only: since 2020 every school offers it, and worlds drift apart."""
    none = dataclasses.replace(world(a), reached=Reached())
    at = PROGRAMME.index("wt_support")
    found = compare(none, world(b), Sizes(2, 3, 3, 2)).participants[at]
    supported = {int(i) for i in GONE_TOO if int(i) % 16 >> PROGRAMMES.index("wt_support") & 1}
    assert (found.sum(axis=(1, 2)) == len(supported & b.keys())).all()
    assert not compare(world(a), world(b), Sizes(2, 3, 3, 2)).participants[at].any(), "in both worlds"


@settings(max_examples=60, deadline=None)
@given(WORLD, WORLD)
def test_levels_and_regions_add_up_to_the_states(a: Told, b: Told) -> None:
    pair = compare(world(a), world(b), Sizes(2, 3, 3, 2))
    for i, moves_of in enumerate((pair.work, pair.diploma)):
        whole = moves_of.sum(axis=(0, 1))
        for placed in (pair.levels[i], pair.regions[i]):
            totals = placed.sum(axis=1)
            assert (totals[:-1, 0] == whole.sum(axis=1)[:-1]).all()
            assert (totals[:-1, 1] == whole.sum(axis=0)[:-1]).all()
    where = {state: sum(1 for p in b.values() if p[0] == 0 and p[1] % 2 == state) for state in (0, 1)}
    assert pair.regions[0, 0, :, 1].tolist() == [where[0], where[1]]


def test_states_of_people() -> None:
    people = People()
    rows = [
        # labour, occupation, diploma, field: work, diploma
        (Labour.EMPLOYED, "technical_ict", Diploma.MBO4, "metal", "technical", "technical"),
        (Labour.EMPLOYED, "health", Diploma.HBO, "health", "health", "health"),
        (Labour.UNEMPLOYED, "technical_metal", Diploma.WO_MASTER, "ict", "not_working", "technical"),
        (Labour.OUTSIDE, "", Diploma.VWO, "general", "not_working", "none"),
        (Labour.EMPLOYED, "other", Diploma.VMBO_TL, "construction", "other", "none"),
        (Labour.EMPLOYED, "business", Diploma.MBO1, "general", "business", "other"),
    ]
    people.add(
        {
            "id": np.arange(len(rows), 0, -1, dtype=np.uint64),
            "labour": [r[0] for r in rows],
            "occupation": [DIMS.occupation.index(r[1]) if r[1] else -1 for r in rows],
            "diploma": [r[2] for r in rows],
            "field": [DIMS.field.index(r[3]) for r in rows],
        }
    )
    found = take(people, DIMS)
    assert found.id.tolist() == sorted(people.id.tolist())
    assert [WORK[i] for i in found.work[::-1]] == [r[4] for r in rows]
    assert [DIPLOMA[i] for i in found.diploma[::-1]] == [r[5] for r in rows]
