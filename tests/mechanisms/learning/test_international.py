"""L7: decisions against the reference, arrivals against the table, and migration that stays that of D1."""

from __future__ import annotations

import numpy as np
import pytest

from model.runs import scenario
from reference import international as reference
from techsim.data.international import INTO
from techsim.experiment.simulate import tables
from techsim.mechanisms.learning.international import process as international
from techsim.mechanisms.learning.international.applicants import from_abroad
from techsim.mechanisms.learning.international.coming import Coming, admitted, coming, response
from techsim.mechanisms.learning.international.declare import PARAMETERS
from techsim.mechanisms.learning.international.kernels import drop_settled, follow, stay_chance
from techsim.mechanisms.learning.international.state import STUDYING
from techsim.mechanisms.world import World
from techsim.model.institutions import neutral_hooks
from techsim.model.simulation import TechsimModel
from techsim.population.clock import month_index
from techsim.population.people import FIELDS
from techsim.population.rosters import UNSEEN
from techsim.population.states import NEVER, Diploma, Origin, Stage

TABLES = tables()


def world(scale: int = 400, months: int = 1) -> World:
    """The whole model after some months."""
    model = TechsimModel(scenario(end="2010-12", scale=scale), tables=TABLES)
    for _ in range(months):
        model.step()
    return model.world


def leave_education(w: World, count: int) -> list[int]:
    """Let the first ``count`` of the roster leave education, every other one with a diploma; their ids."""
    state, people = w.international, w.people
    assert state is not None
    rows, column = state.rows[:count], state.column[:count]
    people.stage[rows], people.programme[rows] = Stage.OUT, -1
    done = np.arange(count) % 2 == 0
    people.diploma[rows] = np.where(done, international.DIPLOMA_OF[column], Diploma.HAVO)
    return [int(i) for i in state.ids[:count]]


def test_decisions_equal_the_reference() -> None:
    w = world()
    state = w.international
    assert state is not None
    w.hooks["international.stay"] = np.linspace(0.0, 1.0, 5)
    w.labour.tightness[...] = np.linspace(0.1, 2.0, w.labour.tightness.size).reshape(w.labour.tightness.shape)
    state.reference = np.linspace(-1.0, 1.0, len(w.labour.tightness))
    ids = leave_education(w, 60)
    expected, graduates, stayed = {}, 0, 0
    for i, (row, column, field) in enumerate(zip(state.rows[:60], state.column[:60], state.field[:60], strict=True)):
        kind = int(TABLES.dimensions.field_technical[field])
        chance = reference.stay_chance(
            usual=float(TABLES.international.stay[column, kind]),
            theta=float(w.labour.tightness[field].mean()),
            theta_first=float(np.exp(state.reference[field])),
            weight=w.parameters["international.tightness"],
            lever=w.parameters["international.retention"] * float(w.hooks["international.stay"][w.people.region[row]]),
            odds=w.parameters["international.dropout_stay"],
            graduated=i % 2 == 0,
        )
        stays = reference.stays(w.seed, w.month, ids[i], chance)
        graduates, stayed = graduates + (i % 2 == 0), stayed + (i % 2 == 0 and stays)
        months = w.parameters["international.leaving_months"]
        expected[ids[i]] = None if stays else reference.departs(w.seed, w.month, ids[i], months)
    international.process(w)
    found = dict(zip(state.ids.tolist(), state.departs.tolist(), strict=True))
    assert {i: found.get(i) for i in ids} == expected
    assert 5 < sum(month is None for month in expected.values()) < 55
    slot = w.recorder.slot("international_stay", w.month)
    assert (slot.sum(), slot[..., 1].sum()) == (graduates, stayed)
    assert state.paid["international_graduates"].sum() == pytest.approx(w.scale * graduates)


def test_leavers_go_in_their_month_and_are_booked() -> None:
    w = world()
    state = w.international
    assert state is not None
    state.departs[:5] = w.month + 1
    gone = state.ids[:5].copy()
    model_month = w.month + 1
    w.month = model_month
    from techsim.mechanisms.demography.process import process as demography

    booked = w.recorder.slot("migration", model_month)[1].sum()
    demography(w)
    assert not np.isin(gone, w.people.id).any()
    assert w.recorder.slot("migration", model_month)[1].sum() >= booked + 5


def test_results_do_not_depend_on_the_order_of_people() -> None:
    """The same people stored backwards decide alike."""
    outcomes = []
    for backwards in (False, True):
        w = world()
        state = w.international
        assert state is not None
        leave_education(w, 60)
        if backwards:
            for name in FIELDS:
                values = getattr(w.people, name)
                values[...] = values[::-1].copy()
            state.seen = UNSEEN
        international.process(w)
        outcomes.append((state.ids.tolist(), state.departs.tolist(), state.column.tolist()))
        np.testing.assert_array_equal(w.people.id[state.rows], state.ids)
    assert outcomes[0] == outcomes[1]


def test_arrivals_follow_the_table_and_have_what_they_need() -> None:
    w = world(scale=100, months=0)
    state = w.international
    assert state is not None
    w.hooks = neutral_hooks(5)
    before = w.people.size
    for year in (2008, 2009, 2010):
        w.month = month_index(year, 9)
        size = w.people.size
        international.process(w)
        new = np.arange(size, w.people.size)
        column = [INTO.index(("hbo", "wo_bachelor", "wo_master")[c]) for c in _columns_of(w, new)]
        wanted = TABLES.international.entrants[year - 2008].sum(axis=(1, 2, 3, 4)) / w.scale
        np.testing.assert_allclose(np.bincount(column, minlength=3), wanted, atol=6)
    new = np.arange(before, w.people.size)
    assert (w.people.id[new] >> np.uint64(62) == int(Origin.INTERNATIONAL)).all()
    assert np.unique(w.people.id).size == w.people.size
    assert w.recorder.arrays["migration"][:, 0].sum() == new.size
    age = (w.month - w.people.birth_month[new].astype(int)) / 12
    assert age.min() >= 18
    assert (state.ids[:-1] < state.ids[1:]).all()


def _columns_of(w: World, rows: np.ndarray) -> np.ndarray:
    state = w.international
    assert state is not None
    at = np.searchsorted(state.ids, w.people.id[rows])
    assert (state.departs[at] == STUDYING).all()
    return state.column[at]


def test_who_came_before_or_was_here_at_the_start_is_no_new_entrant() -> None:
    w = world(scale=400, months=9)
    state, people = w.international, w.people
    assert state is not None
    new = state.applicants.rows
    assert new.size
    assert (people.id[new] >> np.uint64(62) == int(Origin.INTERNATIONAL)).all()
    assert not from_abroad(people, state.rows).any()
    people.enrolled[new] = NEVER
    assert set(np.flatnonzero(from_abroad(people, np.arange(people.size)))) == set(new)


def test_start_has_the_students_of_the_table() -> None:
    state = world(scale=100, months=0).international
    assert state is not None
    wanted = TABLES.international.students.sum(axis=(1, 2)) / 100.0
    np.testing.assert_allclose(np.bincount(state.column, minlength=3), wanted, atol=12)
    assert (TABLES.international.students[:, :, TABLES.dimensions.background.index("native")] == 0).all()


def test_students_are_part_of_the_immigrants_of_the_tables() -> None:
    """Others and students together are D1's, by cell and by age: nothing had to be cut off at zero."""
    table, demography = TABLES.international, TABLES.demography
    students = table.entrants.sum(axis=(1, 2))
    both = table.others.reshape(-1, 12, *table.others.shape[1:]).sum(axis=1) + students
    np.testing.assert_allclose(both, demography.immigrants.reshape(-1, 12, *both.shape[1:]).sum(axis=1))
    others = table.others.sum(axis=(1, 2, 3)).reshape(-1, 12).sum(axis=1)
    ages = others[:, None] * table.others_ages + np.einsum("ycfsbr,ca->ya", table.entrants, table.ages)
    np.testing.assert_allclose(ages, demography.migrants[:, :1] * demography.immigrant_ages, rtol=1e-9, atol=1e-6)


def chances_to_stay(usual: np.ndarray, odds: np.ndarray, tighter: np.ndarray, lever: np.ndarray) -> np.ndarray:
    """Of people each in a field and region of their own."""
    pull = np.diagonal(international.pull_to_stay(tighter, 0.3, lever))
    return np.array([stay_chance(s, d, x) for s, d, x in zip(usual, odds, pull, strict=True)])


@pytest.mark.parametrize("name", ["tighter", "lever"])
def test_what_draws_never_lowers_the_chance_to_stay(name: str) -> None:
    rng = np.random.default_rng(3)
    usual, odds = rng.uniform(0.05, 0.95, 200), rng.uniform(0.2, 1.0, 200)
    given = {"usual": usual, "odds": odds, "tighter": rng.normal(0, 1, 200), "lever": rng.normal(0, 1, 200)}
    low = chances_to_stay(**given)
    high = chances_to_stay(**(given | {name: given[name] + 0.5}))
    assert (high > low).all()
    assert ((low > 0.0) & (high < 1.0)).all()


def september(year: int, spare: float | None = None, **hooks: float) -> Coming:
    """Who comes in a year under hooks (``__`` for a dot) and with a share of places to spare."""
    w = world(scale=1000, months=0)
    if spare is not None:
        w.parameters = {**w.parameters, "international.spare_places": spare}
    w.month = month_index(year, 9)
    w.hooks = neutral_hooks(5)
    for name, value in hooks.items():
        w.hooks[name.replace("__", ".")][...] = value
    return coming(w)


def test_without_levers_those_of_the_record_come_to_the_bit() -> None:
    for year in range(2008, 2025):
        found = september(year)
        np.testing.assert_array_equal(found.entrants, TABLES.international.entrants[year - 2008])
        assert not found.recipients.any()


def test_applicants_and_places_equal_the_reference() -> None:
    rng = np.random.default_rng(5)
    for _ in range(50):
        usual, offered, amount, cost = (float(v) for v in rng.uniform(1.0, 1000.0, 4))
        elasticity, wanting, places, english = (float(v) for v in rng.uniform(0.1, 1.0, 4))
        array = np.array
        factor = response(
            usual=array(usual), offered=array(offered), amount=array(amount), cost=cost, elasticity=elasticity
        )
        assert factor == pytest.approx(reference.response(usual, offered, amount, cost, elasticity))
        limit = admitted(wanting=array(wanting), places=array(places), english=array(english))
        assert limit == pytest.approx(reference.admitted(wanting, places, english))


def test_scholarships_draw_some_and_are_paid_to_all() -> None:
    """2,000 of 5,000 euro in 2020: every one is handed out, most to people who would have come anyhow."""
    plain = september(2020).entrants.sum()
    last = plain
    for number in (500.0, 2000.0):
        found = september(2020, international__scholarships_technical=number, international__scholarship_amount=5000.0)
        assert found.recipients.sum() == pytest.approx(number)
        assert found.entrants.sum() > last
        assert found.entrants.sum() - plain < 0.5 * number
        last = found.entrants.sum()
    kinds = [
        (found.entrants - september(2020).entrants)[:, TABLES.dimensions.field_technical[:-1] == k] for k in (0, 1)
    ]
    assert kinds[0].sum() == 0.0 < kinds[1].sum()


def test_more_scholarships_than_students_are_not_handed_out() -> None:
    found = september(2020, international__scholarships_technical=1e5, international__scholarship_amount=5000.0)
    technical = TABLES.dimensions.field_technical[:-1]
    assert found.recipients[1].sum() == pytest.approx(found.entrants[:, technical].sum())


def test_fewer_places_in_english_never_raise_entrants_and_bind_only_when_short() -> None:
    """Places are a quarter above who needs one; who needs none comes all the same."""
    plain = september(2020).entrants
    found = {f: september(2020, **dict.fromkeys(BACHELORS, f)).entrants for f in (2.0, 0.9, 0.6, 0.3, 0.0)}
    for more, fewer in zip(list(found), list(found)[1:], strict=False):
        assert (found[fewer] <= found[more]).all()
    np.testing.assert_array_equal(found[2.0], plain)
    np.testing.assert_array_equal(found[0.9], plain)
    assert found[0.6].sum() < 0.95 * plain.sum()
    english = TABLES.international.english
    left = found[0.0].sum(axis=(1, 2, 3, 4)) / plain.sum(axis=(1, 2, 3, 4))
    np.testing.assert_allclose(left, [1.0 - english[0], 1.0 - english[1], 1.0])


def test_a_cut_binds_once_it_is_larger_than_what_there_is_to_spare() -> None:
    plain = september(2020).entrants
    cut = dict.fromkeys(BACHELORS, 0.75)
    found = [september(2020, spare, **cut).entrants for spare in (0.6, 0.25, 0.05)]
    np.testing.assert_array_equal(found[0], plain)
    assert found[0].sum() > found[1].sum() > found[2].sum()
    np.testing.assert_array_equal(found[1], september(2020, **cut).entrants)


def test_whatever_there_is_to_spare_those_of_the_record_find_a_place() -> None:
    """The least that the prior has: they came, and the table holds what they needed."""
    (prior,) = (p.prior for p in PARAMETERS if p.name == "international.spare_places")
    assert prior is not None
    assert prior.family == "uniform"
    for year in range(2008, 2025):
        np.testing.assert_array_equal(september(year, prior.a).entrants, TABLES.international.entrants[year - 2008])


def test_scholarships_where_places_run_out_are_all_deadweight() -> None:
    cut = dict.fromkeys(BACHELORS, 0.3) | {"international__english_master_technical": 0.3}
    paid = {"international__scholarships_technical": 1000.0, "international__scholarship_amount": 5000.0}
    plain, found = september(2020, **cut), september(2020, **cut, **paid)
    assert found.recipients.sum() == pytest.approx(1000.0)
    in_english = TABLES.international.english == 1.0
    np.testing.assert_allclose(found.entrants[in_english], plain.entrants[in_english])


BACHELORS = tuple(f"international__english_bachelor_{kind}" for kind in ("technical", "other"))


def test_more_who_stay_leave_less_to_take_out_of_the_emigrants() -> None:
    """The factor on others' chances follows both odds: the more students stay, the fewer leavers are taken out."""
    table = TABLES.international
    base = table.emigration(0.7, 0.5)
    for more in (table.emigration(0.9, 0.5), table.emigration(0.7, 0.9)):
        assert (more >= base).all()
        assert (more > base).any()


def test_who_has_gone_or_settled_is_on_the_list_no_more() -> None:
    rng = np.random.default_rng(6)
    ids, rows = np.arange(100, 130, dtype=np.uint64), np.where(rng.random(30) < 0.2, -1, rng.permutation(30))
    column, field = (rng.integers(0, 3, 30, dtype=np.int8) for _ in range(2))
    departs, settled = rng.integers(0, 99, 30), np.sort(rng.permutation(30)[:8])
    columns = (ids, rows, column, field, departs)
    expected = [row for j, row in enumerate(zip(*(c.tolist() for c in columns), strict=True))
                if row[1] >= 0 and j not in settled.tolist()]  # fmt: skip
    kept = drop_settled(*columns, settled)
    assert list(zip(*(c[:kept].tolist() for c in columns), strict=True)) == expected
    assert 10 < kept < 22


def test_the_list_follows_those_who_study() -> None:
    stage = np.array([Stage.OUT, Stage.HBO, Stage.WO_MASTER, Stage.MBO, Stage.OUT], dtype=np.int8)
    programme, column_of, field_of = (np.array(v, dtype=np.int8) for v in ([-1, 1, 0, 1, -1], [6, 4], [3, 7]))
    rows = np.array([3, 2, 0, 1, 4])
    column, field = np.full(5, 9, dtype=np.int8), np.full(5, 8, dtype=np.int8)
    departs, left = np.array([STUDYING, 1, 2, 3, STUDYING]), np.empty(5, dtype=np.int64)
    found = follow(rows, stage, programme, column_of, field_of, 4, STUDYING, column, field, departs, left)
    assert column.tolist() == [9, 2, 9, 0, 9]
    assert field.tolist() == [8, 3, 8, 7, 8]
    assert departs.tolist() == [STUDYING, STUDYING, 2, STUDYING, STUDYING]
    assert left[:found].tolist() == [4], "who is in mbo, or has decided, has nothing to decide"
