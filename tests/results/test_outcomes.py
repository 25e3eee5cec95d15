"""Person by person: the same people in two worlds, against a count with dicts."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reference.outcomes import moves
from techsim.data.dimensions import load_dimensions
from techsim.population.people import People
from techsim.population.states import NEVER, Diploma, Flag, Labour
from techsim.results.effects import net
from techsim.results.outcomes import DIPLOMA, MEASURE, PROGRAMME, WORK, Outcomes, compare, take

DIMS = load_dimensions()
PERSON = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 255), st.sampled_from([NEVER, 10, 20]))
WORLD = st.dictionaries(st.integers(0, 30), PERSON, min_size=1)


def world(people: dict[int, tuple[int, int, int, int]]) -> Outcomes:
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
    )


@settings(max_examples=60, deadline=None)
@given(WORLD, WORLD)
def test_counts_are_those_of_the_definition(a: dict, b: dict) -> None:  # type: ignore[type-arg]
    pair = compare(world(a), world(b), sexes=2, backgrounds=3)
    for found, states, at in ((pair.work, WORK, 0), (pair.diploma, DIPLOMA, 1)):
        expected = moves({i: states[p[at]] for i, p in a.items()}, {i: states[p[at]] for i, p in b.items()}, "absent")
        whole = found.sum(axis=(0, 1))
        assert {(x, y): n for (x, y), n in expected.items()} == {
            (states[i], states[j]): whole[i, j] for i, j in zip(*np.nonzero(whole), strict=True)
        }
        assert found.sum(axis=(1, 2, 3))[1] == len({i for i in a.keys() | b.keys() if i % 2})
        # displacement over states sums to zero
        assert net(found.astype(float)).sum() == 0
    route = [{i for i, p in of.items() if p[2] & Flag.TECHNOLOGIEROUTE} for of in (a, b)]
    joined = route[1] - route[0]
    # deadweight + additional + neither + lost = take-up, whatever is looked at
    assert (pair.participants[PROGRAMME.index("technologieroute")].sum(axis=(1, 2)) == len(joined)).all()
    began = {i for i, p in b.items() if p[3] != NEVER and (i not in a or a[i][3] != p[3])}
    at_work = pair.participants[PROGRAMME.index("short_time"), MEASURE.index("at_work")]
    assert at_work[1, 1] == sum(b[i][0] < 5 and i in a and a[i][0] < 5 for i in began)
    assert at_work.sum() == len(began)


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
