"""Deadweight person by person, against a plain reference on made-up worlds."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from techsim.population import events
from techsim.population.events import Events, Noted
from techsim.results.acts import WINDOWS, Act, spells, tally

LEVER = "some_lever"
SHARES = (0.0, 0.25, 1.0)
Done = tuple[int, int, int]
"""Month, person, group."""


def world(done: list[Done], kind: str, shares: tuple[float, ...] = SHARES) -> list[Act]:
    """A month's people as one act each, nobody twice in a month."""
    found = []
    for month in sorted({m for m, _, _ in done}):
        who = {person: group for m, person, group in done if m == month}
        noted = Noted(kind, month, np.array(list(who), np.uint64), np.array(list(who.values()), np.int16))
        found.append(Act(noted, {LEVER: np.array(shares)}))
    return found


def reference(one: list[Act], other: list[Act], kind: str) -> tuple[Fraction, ...] | None:
    """Take-up, deadweight, additional, displaced and unpaid, person by person in dictionaries."""
    paying = [
        act.noted.month for act in (*one, *other) for group in act.noted.group.tolist() if act.paid[LEVER][group] > 0.0
    ]
    if not paying:
        return None
    times: list[dict[tuple[int, int], list[Fraction]]] = []
    leavers = [Fraction(0), Fraction(0)]
    for k, acts in enumerate((one, other)):
        found: dict[tuple[int, int], list[Fraction]] = defaultdict(list)
        for act in acts:
            if act.noted.month < min(paying):
                continue
            for person, group in zip(act.noted.ids.tolist(), act.noted.group.tolist(), strict=True):
                share = Fraction(float(act.paid[LEVER][group]))
                if kind == events.DECIDED and group % 2 == 0:
                    leavers[k] += share
                else:
                    found[person, WINDOWS[kind][1](act.noted.month)].append(share)
        times.append(found)
    dead, more, displaced, unpaid = leavers[0] - leavers[1], Fraction(0), Fraction(0), Fraction(0)
    for key in {*times[0], *times[1]}:
        a, b = times[0].get(key, []), times[1].get(key, [])
        both = min(len(a), len(b))
        dead += sum(a[:both]) - sum(b[:both])
        more += sum(a[both:]) - sum(b[both:])
        displaced += sum(1 - v for v in b[both:])
        unpaid += sum(1 - w for w in a[both:])
    take_up = sum((sum(map(sum, found.values())) for found in times[:1]), leavers[0])
    take_up -= sum(map(sum, times[1].values())) + leavers[1]
    return take_up, dead, more, displaced, unpaid


MONTHS = st.integers(24 * 100 + 5, 24 * 100 + 20)
MANY = st.lists(st.tuples(MONTHS, st.integers(0, 6), st.integers(0, 2)), max_size=25)


@pytest.mark.parametrize("kind", list(WINDOWS))
@given(done=st.tuples(MANY, MANY))
def test_it_is_the_reference_and_it_adds_up(kind: str, done: tuple[list[Done], list[Done]]) -> None:
    one, other = (world(x, kind) for x in done)
    found, expected = tally(one, other, LEVER, kind), reference(one, other, kind)
    if found is None or expected is None:
        assert found is expected
        return
    figures = found.take_up, found.deadweight, found.additional, found.displaced, found.unpaid
    assert figures == tuple(float(x) for x in expected), "quarters are exact"
    assert found.deadweight + found.additional == found.take_up
    back = tally(other, one, LEVER, kind)
    assert back is not None
    assert (back.take_up, back.deadweight, back.additional) == tuple(-x for x in figures[:3])
    assert (back.unpaid, back.displaced, back.more) == (found.displaced, found.unpaid, -found.more)
    if kind != events.DECIDED:
        first = min(a.noted.month for a in (*one, *other) for g in a.noted.group.tolist() if SHARES[g])
        counts = [sum(a.noted.ids.size for a in acts if a.noted.month >= first) for acts in (one, other)]
        assert found.more == counts[0] - counts[1], "all who do it, paid for or not"


@given(done=st.tuples(MANY, MANY))
def test_the_order_of_people_and_months_does_not_matter(done: tuple[list[Done], list[Done]]) -> None:
    kind = events.SWITCH
    one, other = (world(x, kind) for x in done)
    turned = []
    for act in reversed(one):
        noted = Noted(kind, act.noted.month, act.noted.ids[::-1], act.noted.group[::-1])
        turned.append(Act(noted, act.paid))
    assert tally(turned, other[::-1], LEVER, kind) == tally(one, other, LEVER, kind)


@given(began=MANY, gone=st.tuples(MANY, MANY))
def test_spells_are_the_reference(began: list[Done], gone: tuple[list[Done], list[Done]]) -> None:
    first, last = 24 * 100 + 7, 24 * 100 + 18
    one, other = (world(x, events.LAID_OFF) for x in gone)
    had = world(began, events.SPELL_BEGUN)
    expected = [0, 0, 0]
    for act in had:
        for person in act.noted.ids.tolist():
            if first <= act.noted.month <= last:
                here, there = (
                    any(person in x.noted.ids.tolist() for x in acts if act.noted.month <= x.noted.month <= last)
                    for acts in (one, other)
                )
                expected[(1 + here) if there else 0] += 1
    found = spells([*one, *had], other[::-1], first, last)
    assert [found.anyway, found.saved, found.lost] == expected


def test_windows() -> None:
    """The same act in the next month: of courses and switches the same if no year begins between, of places not."""
    for month, same in ((24012, {"calendar", "school", "period"}), (24000 + 11, {"school", "period"}), (24000 + 6, {
        "calendar", "period"})):  # fmt: skip
        for kind, (words, _) in WINDOWS.items():
            found = tally(world([(month, 1, 2)], kind), world([(month + 1, 1, 0)], kind), LEVER, kind)
            assert found is not None
            expected = any(name in words for name in same)
            if kind != events.DECIDED:  # group 0 of these leaves
                assert (found.deadweight == 1.0) == expected, (kind, month)


def test_only_what_is_asked_for_is_noted_and_taken_once() -> None:
    book = Events([events.COURSE])
    ids = np.array([3, 4], dtype=np.uint64)
    book.note(events.COURSE, 7, ids, np.array([1, 2]))
    book.note(events.SWITCH, 7, ids, np.array([1, 2]))
    ids[:] = 0
    (noted,) = book.take()
    assert (noted.kind, noted.month, noted.ids.tolist(), noted.group.tolist()) == (events.COURSE, 7, [3, 4], [1, 2])
    assert book.take() == []
    with pytest.raises(ValueError, match="unknown kinds"):
        Events(["sleep"])
