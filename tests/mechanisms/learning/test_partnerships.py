"""Decisions about partnerships (L5), one by one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from techsim.data.inputs import Tables
from techsim.data.partnerships import LEVEL_GROUPS, SCHEMES, load_partnerships
from techsim.data.reader import TableError
from techsim.mechanisms.learning.partnerships.choice import (
    chance_to_give_up,
    chance_to_go_on,
    firms_commitment,
    members,
    to_start,
)
from techsim.mechanisms.learning.partnerships.kernels import (
    FUNDED_MONTHS,
    GIVE_UP,
    GO_ON,
    count_reach,
    count_technical,
    go_on_or_end,
    regional_commitment,
    size_of,
    wait,
    waiting,
)
from techsim.mechanisms.learning.partnerships.process import may_start, start_in
from techsim.mechanisms.learning.partnerships.state import HISTORY, LEVERS, PAYERS, Roster
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import NEVER

LARGE = np.array([False, True])
USUAL: dict[str, Any] = {
    "large": LARGE, "pressure": np.zeros(2), "outlook": 1.0, "base": 0.0, "large_bonus": 1.0, "cycle": 10.0,
    "shortage": 0.5,
}  # fmt: skip


def test_commitment_by_hand() -> None:
    # log odds 0 and 1; at 2 % below the usual and a quarter of the vacancies: less 0.2 + 0.5 ln 4 = 0.893
    np.testing.assert_allclose(firms_commitment(**USUAL), [0.5, 0.731059], atol=1e-6)
    slump = firms_commitment(**USUAL | {"pressure": np.full(2, -0.02), "outlook": 0.25})
    np.testing.assert_allclose(slump, 1 / (1 + np.exp([0.893147, -0.106853])), atol=1e-6)


@pytest.mark.parametrize(("name", "more"), [("pressure", np.full(2, 0.01)), ("outlook", 1.2), ("base", 0.1)])
def test_better_times_raise_commitment(name: str, more: Any) -> None:
    assert (firms_commitment(**USUAL | {name: more}) > firms_commitment(**USUAL)).all()


def test_a_region_is_committed_as_its_firms_are() -> None:
    staff = np.array([[300, 0, 0], [100, 50, 0]])
    regional = np.full(3, 9.0)
    regional_commitment(np.array([0.2, 0.6]), staff, regional)
    np.testing.assert_allclose(regional, [0.3, 0.6, 0.0])


def test_plans_and_money_wait_for_a_year() -> None:
    stock = 0.5
    for _ in range(6):
        stock = waiting(stock, 12.0)
    assert stock == pytest.approx(6.5)
    for _ in range(20):
        stock = waiting(stock, 12.0)
    assert stock == 13.0
    assert waiting(3.0, 0.0) == 1.0


def test_plans_and_money_of_regions_wait() -> None:
    rng, shape = np.random.default_rng(4), (PAYERS, 2, 5)
    plans, money = rng.uniform(0.0, 3.0, shape[1:]), rng.uniform(0.0, 3.0, shape)
    a_year, commitment, share = rng.uniform(5.0, 20.0, 2), rng.random(3), rng.dirichlet(np.ones(5), 2)
    staff, regional, expected = rng.integers(0, 9, (3, 5)), np.empty(5), np.empty(5)
    regional_commitment(commitment, staff, expected)
    history, offers = rng.uniform(0.0, 20.0, (PAYERS - 1, 2)), rng.uniform(0.0, 20.0, shape)
    seeds = offers[LEVERS].tolist()
    before, money_before = plans.tolist(), money.tolist()
    wait(a_year, commitment, staff, history, share, regional, offers, plans, money)
    np.testing.assert_array_equal(regional, expected)
    for g, r in np.ndindex(*plans.shape):
        assert plans[g, r] == waiting(before[g][r], a_year[g] * share[g, r] * regional[r])
        for payer in range(PAYERS):
            offered = (seeds[g][r] if payer == LEVERS else history[payer, g]) * share[g, r]
            assert offers[payer, g, r] == pytest.approx(offered)
            assert money[payer, g, r] == waiting(money_before[payer][g][r], offers[payer, g, r])


@pytest.mark.parametrize(
    ("money", "plans", "offered", "starts"),
    [(2.9, 5.0, 1.0, 2), (5.0, 1.99, 1.0, 1), (0.9, 5.0, 1.0, 0), (5.0, -0.2, 1.0, 0), (5.0, 5.0, 0.0, 0)],
)
def test_plans_and_money_must_meet(money: float, plans: float, offered: float, starts: int) -> None:
    assert to_start(money, plans, offered) == starts


def test_size_grows_and_fades() -> None:
    ages, fading = [0, 6, 12, 60, 60, 60], [0, 0, 0, 0, 6, 30]
    size = [size_of(age, months, 12.0, 24.0) for age, months in zip(ages, fading, strict=True)]
    np.testing.assert_allclose(size, [0.0, 0.5, 1.0, 1.0, 0.75, 0.0])


def test_sizes_add_up_by_group_and_region() -> None:
    rng = np.random.default_rng(1)
    group, region, started = (rng.integers(0, n, 60) for n in (2, 3, 90))
    fading = np.where(rng.random(60) < 0.4, rng.integers(90, 100, 60), NEVER)
    students, regional, expected = rng.uniform(0.0, 4000.0, (2, 3)), rng.random(3), np.zeros((2, 3))
    students[0, 0] = 0.0
    reach, firms = np.empty((2, 2, 3))
    count_reach(100, group, region, started, fading, 12.0, 24.0, students, regional, 200.0, 30.0, reach, firms)
    for g, r, begun, failed in zip(group, region, started, fading, strict=True):
        faded = 1.0 if failed == NEVER else 1.0 - (100 - failed) / 24.0
        expected[g, r] += min(1.0, (100 - begun) / 12.0) * faded
    np.testing.assert_allclose(firms, 30.0 * regional * expected)
    np.testing.assert_allclose(reach, np.minimum(1.0, 200.0 * expected / np.maximum(students, 1.0)) * (students > 0.0))
    assert reach[0, 0] == 0.0
    assert (expected > 0.0).all()
    assert (reach < 1.0).sum() > 1


def test_who_goes_on_gives_up_or_ends() -> None:
    rng, month, count = np.random.default_rng(2), 200, 400
    ident, region = rng.permutation(count).astype(np.int64), rng.integers(0, 3, count)
    started = month - FUNDED_MONTHS + rng.integers(-1, 2, count)
    fading = np.where((started < month - FUNDED_MONTHS) & (rng.random(count) < 0.5), month - 24, NEVER)
    goes_on, gives_up = np.array([0.2, 0.5, 0.8]), np.array([0.6, 0.3, 0.1])
    expected, ends = [], []
    for pid, r, begun, failed in zip(ident, region, started, fading, strict=True):
        on, up = (uniform(7, int(Purpose.PARTNERSHIP), np.uint64(pid), month, k) for k in (GO_ON, GIVE_UP))
        first_fails = month - begun == FUNDED_MONTHS and on >= goes_on[r]
        gives = month - begun > FUNDED_MONTHS and failed == NEVER and up < gives_up[r]
        expected.append(month if first_fails or gives else failed)
        ends.append(failed != NEVER)
    stays = np.empty(count, dtype=np.bool_)
    go_on_or_end(7, month, ident, region, started, goes_on, gives_up, 24.0, fading, stays)
    assert fading.tolist() == expected
    assert stays.tolist() == [not end for end in ends]
    assert {NEVER, month, month - 24} == set(expected)


def test_only_alliances_that_could_start_any_are_asked() -> None:
    rng, shape = np.random.default_rng(5), (PAYERS, 2, 20)
    offers = np.where(rng.random(shape) < 0.5, 1.0, 0.0)
    state: Any = SimpleNamespace(plans=rng.uniform(0.0, 3.0, shape[1:]), money=rng.uniform(0.0, 1.5, shape))
    starts = np.array([[start_in(state, offers, g, r).sum() for r in range(20)] for g in range(2)])
    np.testing.assert_array_equal(may_start(state, offers), starts > 0)
    assert 0 < np.count_nonzero(starts) < starts.size


def test_technical_labour_is_counted_in_one_pass() -> None:
    rng = np.random.default_rng(3)
    vacancies, staff = rng.integers(0, 4, (3, 4, 2, 5)), rng.integers(0, 9, (3, 4, 2, 5))
    technical, of_sectors, by_type = (
        np.array([True, False, True, False]),
        np.array([False, True, True]),
        np.zeros((3, 5), dtype=np.int64),
    )
    counted = count_technical(vacancies, staff, technical, of_sectors, by_type)
    assert counted == (vacancies[:, technical].sum(), staff[:, technical].sum())
    np.testing.assert_array_equal(by_type, np.where(of_sectors[:, None], staff.sum(axis=(1, 2)), 0))


def test_commitment_keeps_partnerships() -> None:
    some = np.array([0.0, 0.5, 1.0])
    np.testing.assert_allclose(chance_to_go_on(some, 1.5), [0.0, 0.75, 1.0])
    np.testing.assert_allclose(chance_to_give_up(some, 0.02), [0.02, 0.01, 0.0])


def test_members_add_up_to_the_firms_that_joined() -> None:
    firms = np.array([[1000.0, 500.0], [20.0, 0.0], [0.0, 0.0]])
    joined = np.array([60.0, 10.0])
    share = members(
        firms=firms, commitment=np.array([0.3, 0.6, 0.9]), workers=np.array([8.0, 600.0, 8.0]), pull=0.4, joined=joined
    )
    np.testing.assert_allclose((share * firms).sum(axis=0), joined)
    assert share[1, 0] > share[0, 0] > 0.0
    assert not share[2].any()
    full = members(
        firms=firms, commitment=np.full(3, 0.5), workers=np.full(3, 8.0), pull=0.0, joined=np.array([1e6, 0.0])
    )
    np.testing.assert_array_equal(full, [[1.0, 0.0], [1.0, 0.0], [0.0, 0.0]])


def test_money_of_levers_gives_no_partnership_of_history_another_number() -> None:
    shape = (PAYERS, 2, 5)
    history, both = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    history[HISTORY] = both[HISTORY] = np.arange(30).reshape(3, 2, 5) % 3
    both[LEVERS] = 2
    one, other = Roster(), Roster()
    for month in (100, 101):
        one.add(month, history)
        other.add(month, both)
    assert one.size == 2 * history.sum()
    cells = [(p, g, r, rank) for p, g, r in np.ndindex(*shape) for rank in range(both[p, g, r])]
    assert other.group.tolist() == 2 * [g for _, g, _, _ in cells]
    assert other.region.tolist() == 2 * [r for _, _, r, _ in cells]
    assert other.started.tolist() == [100] * len(cells) + [101] * len(cells)
    assert other.ident.tolist() == [
        ((month * both.size + int(np.ravel_multi_index((p, g, r), shape))) << 16) + rank
        for month in (100, 101) for p, g, r, rank in cells
    ]  # fmt: skip
    assert set(other.fading.tolist()) == {NEVER}
    assert set(one.ident) < set(other.ident)
    assert len(set(other.ident.tolist())) == other.size == 2 * both.sum()
    assert (np.diff(other.ident) > 0).all()
    np.testing.assert_array_equal(other.count((2, 5)), 2 * both.sum(axis=0))
    other.keep(other.group == 0)
    np.testing.assert_array_equal(other.count((2, 5))[1], np.zeros(5))


def test_the_table_of_seed_money(tables: Tables, tmp_path: Any) -> None:
    found = tables.partnerships
    assert found.seeding_at(2014)[SCHEMES.index("rif"), 0] == found.seeding_at(2014)[:, 0].sum() == 25.0
    assert found.seeding_at(2012)[SCHEMES.index("civ"), 0] == 1.4
    assert not found.seeding_at(2008).any()
    assert not found.seeding_at(2023).any()
    assert not found.seeding_at(1900).any()
    assert [list(LEVEL_GROUPS)[g] for g in found.group_of_level] == ["mbo"] * 4 + ["hbo_wo"] * 2
    (tmp_path / "partnership_seeding.csv").write_text(
        "scheme,level_group,year,million_euro,source,status\nrif,vmbo,2014,1,x,assumption\n", encoding="utf-8"
    )
    with pytest.raises(TableError, match="'vmbo' is unknown"):
        load_partnerships(tables.dimensions, tmp_path)
