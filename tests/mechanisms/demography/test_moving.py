"""W5, moves between regions: kernels against the reference, order, directions, homes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import regions as reference
from techsim.data.inputs import load_tables
from techsim.mechanisms.demography.moving import process, utilities
from techsim.mechanisms.demography.moving.declare import INDICATORS, PARAMETERS
from techsim.mechanisms.demography.moving.kernels import GRADUATE, LATER, STUDY, drawn, move, renew_roster, sure_to_stay
from techsim.mechanisms.demography.moving.start import create_moving
from techsim.mechanisms.working.state import create_labour_market
from techsim.mechanisms.world import World
from techsim.model.catalogue import catalogue
from techsim.population.clock import month_index
from techsim.population.people import FIELDS, People
from techsim.population.randomness import Purpose, uniform
from techsim.population.states import NEVER, Labour, Stage
from techsim.population.synthetic import synthesise
from techsim.results.coordinates import coordinates, sizes
from techsim.results.recorder import Recorder

TABLES = load_tables()
FIRST = month_index(2008, 1)
REGIONS = TABLES.dimensions.size("region")
DEFAULTS = {name: declared.default for name, declared in catalogue().parameters.items()}
NOBODY = {"stay": 20.0, "fresh": 0.0, "study_hbo": 20.0, "study_wo": 20.0, "job": 0.0, "home": 0.0}


def world(order: np.ndarray | None = None, scale: float = 2000.0, **changes: float) -> World:
    """A world with moves only; tightness differs by region so that chances of work do."""
    p = DEFAULTS | {f"moving.{name}": value for name, value in changes.items()}
    people = synthesise(TABLES, 1, scale, FIRST)
    if order is not None:
        twin = People(people.size)
        twin.add({name: getattr(people, name)[order].copy() for name in FIELDS})
        people = twin
    moving = create_moving(people, TABLES, p, 1, FIRST)
    labour = create_labour_market(people, TABLES, p, np.zeros(24))
    labour.tightness = np.linspace(0.2, 1.4, labour.tightness.size).reshape(labour.tightness.shape)
    return World(
        seed=1,
        month=FIRST,
        first=FIRST,
        last=FIRST + 23,
        scale=scale,
        people=people,
        tables=TABLES,
        parameters=p,
        hooks={},
        output_gap=np.zeros(24),
        recorder=Recorder(INDICATORS, sizes(coordinates(TABLES.dimensions)), FIRST, FIRST + 23),
        schools=None,  # type: ignore[arg-type]
        labour=labour,
        moving=moving,
    )


def events(w: World) -> World:
    """Some students enrol and some leave with a diploma this month."""
    people = w.people
    studies = np.flatnonzero((people.stage >= Stage.HBO) & (people.stage <= Stage.WO_MASTER))
    people.enrolled[studies] = np.where(people.id[studies] % np.uint64(2) == 0, w.month, people.enrolled[studies])
    out = (people.stage == Stage.OUT) & (people.level >= 4) & (people.id % np.uint64(7) == 0)
    people.left_education[out] = w.month
    return w


def by_id(w: World) -> np.ndarray:
    return np.asarray(w.people.region[np.argsort(w.people.id)])


def test_choices_equal_the_reference() -> None:
    w = events(world())
    p = {name.removeprefix("moving."): value for name, value in w.parameters.items() if name.startswith("moving.")}
    people, state, labour = w.people, w.moving, w.labour
    assert state is not None
    asked = process._asked(w, state)
    rows, kinds = asked.rows, asked.kinds
    home, *_ = process._homes(state, asked)
    chosen = process._choose(w, state, asked, home)
    assert set(kinds) == {STUDY, GRADUATE, LATER}
    assert (chosen != people.region[rows]).any()
    assert (home != people.region[rows]).any()
    theta = labour.tightness
    jobs = labour.staff.sum(axis=(0, 2))
    quotient = np.log(jobs / jobs.sum(axis=1, keepdims=True) / (jobs.sum(axis=0) / jobs.sum()))
    chances = p["tightness"] * (np.log(theta) - np.log(theta.mean(axis=1, keepdims=True))) + p["cluster"] * quotient
    chances = np.concatenate([chances, chances.mean(axis=0, keepdims=True)])
    land = {
        "residents": state.residents.tolist(),
        "at_start": state.residents_at_start.tolist(),
        "urban": TABLES.regions.urban.tolist(),
        "commuting": TABLES.labour.commuting.tolist(),
        "chances": chances.tolist(),
    }
    age = (FIRST - people.birth_month.astype(np.int64)) // 12
    raises = (age >= 30) & (age < 48)
    raising = [
        [float(np.mean(trait[raises & (people.region == r)])) for r in range(REGIONS)]
        for trait in (people.level >= 4, (people.labour == Labour.EMPLOYED) & (people.job_region == people.region))
    ]
    assert state.raising == pytest.approx(np.array(raising))
    assert state.residents.tolist() == np.bincount(people.region, minlength=REGIONS).tolist()
    parents = (age >= 20) & (age < 40)
    for background, region in np.ndindex(*state.parents.shape):
        here = (people.background == background) & (people.region == region)
        assert state.parents[background, region] == np.count_nonzero(parents & here)
    picked = [np.flatnonzero(kinds == kind)[:150] for kind in (STUDY, GRADUATE, LATER)]
    for a in np.concatenate(picked):
        i, here = rows[a], int(people.region[rows[a]])
        if kinds[a] == STUDY:
            programme = people.programme[i]
            wo = bool(TABLES.education.programme_stage[programme] > Stage.HBO)
            technical = int(TABLES.dimensions.field_technical[TABLES.education.programme_field[programme]])
            shares = TABLES.regions.places[int(wo), technical]
            value = [
                reference.study_utility(r, int(home[a]), here, wo, float(shares[r]), land, p) for r in range(REGIONS)
            ]
        else:
            person: dict[str, object] = {
                "region": here,
                "home": int(home[a]),
                "age": (w.month - int(people.birth_month[i])) // 12,
                "high": people.level[i] >= 4,
                "graduates": kinds[a] == GRADUATE,
                "out": people.stage[i] == Stage.OUT,
                "retired": people.labour[i] == Labour.RETIRED,
                "works": people.labour[i] == Labour.EMPLOYED,
                "job_region": int(people.job_region[i]),
                "field": int(people.field[i]),
            }
            if (w.month - int(people.birth_month[i])) // 12 < 18:
                luck = [uniform(1, int(Purpose.MOVE), people.id[i], 0, k) for k in (3, 4)]
                high, works = luck[0] < raising[0][here], luck[1] < raising[1][here]
                person |= {"high": high, "works": works, "job_region": here, "field": -1}
            value = [reference.utility(r, person, land, p) for r in range(REGIONS)]
        u = uniform(1, int(Purpose.MOVE), people.id[i], w.month, int(kinds[a]))
        assert chosen[a] == reference.drawn(value, u)


@given(
    seed=st.integers(0, 999),
    job_pull=st.sampled_from([0.5, 1.0, 4.0]),
    stay=st.sampled_from([0.3, 3.0, 30_000.0]),
)
@settings(deadline=None, max_examples=40)
def test_luck_that_is_sure_to_stay_lets_nobody_leave_whatever_work_there_is(
    seed: int, job_pull: float, stay: float
) -> None:
    rng, regions, kinds, seekers = np.random.default_rng(seed), 4, 5, 3
    elsewhere, own = rng.exponential(size=(2, 2, regions, regions)), stay * rng.exponential(size=(3, 2, regions))
    chances, age_class = rng.exponential(size=(kinds, regions)), np.array([0, 0, 1])
    lowest, highest = np.empty((3, regions)), np.empty((3, regions))
    sure_to_stay(elsewhere, own, chances, seekers, age_class, job_pull, lowest, highest)
    for age, high, here, work, job in np.ndindex(3, 2, regions, kinds, regions):
        weights = elsewhere[age_class[age], high, here] * chances[work]
        weights[here] = own[age, high, here] * chances[work, here]
        if work >= seekers:
            weights[job] *= job_pull
        for u in (lowest[age, here], highest[age, here]):
            if lowest[age, here] < highest[age, here]:
                assert drawn(weights, u) == here
    if stay == 30_000.0:
        assert (highest - lowest > 0.5).mean() > 0.5, "most luck lets nobody leave where staying is worth much"


def test_who_asks_is_found_once_in_order() -> None:
    w = events(world())
    people, state = w.people, w.moving
    assert state is not None
    asked, expected, may = process._asked(w, state), [], []
    for i in range(people.size):
        age, stage = w.month - int(people.birth_month[i]), people.stage[i]
        graduates = stage == Stage.OUT and people.left_education[i] == w.month and people.level[i] >= 4
        enrols = stage >= Stage.HBO and stage != Stage.OUT and people.enrolled[i] == w.month and age < 360
        later = age % 12 == 0 and (stage < Stage.MBO or stage == Stage.OUT)
        if graduates or enrols or later:
            kind = GRADUATE if graduates else STUDY if enrols else LATER
            if age < 46 * 12 and (kind != LATER or people.left_education[i] != NEVER):
                may.append(len(expected))
            expected.append((i, kind, people.region[i]))
    assert list(zip(asked.rows, asked.kinds, asked.here, strict=True)) == expected
    assert asked.may.tolist() == may
    assert np.array_equal(asked.may_ids, people.id[asked.rows[may]])


def test_moves_equal_the_reference() -> None:
    """One after the other, with few regions and ages so that everything occurs."""
    rng, people, asked, month = np.random.default_rng(7), 900, 600, 1300
    rows = np.sort(rng.choice(people, asked, replace=False))
    kinds, here, home, chosen = (rng.integers(0, 3, asked).astype(np.int8) for _ in range(4))
    home[rng.random(asked) < 0.6], chosen[rng.random(asked) < 0.4] = 0, 0
    here[rng.random(asked) < 0.5] = 0
    birth_month = (month - rng.integers(0, 60 * 12, people)).astype(np.int16)
    level, field = rng.integers(0, 2, people).astype(np.int8), rng.integers(-1, 2, people).astype(np.int8)
    region, who, technical = np.zeros(people, dtype=np.int8), rng.permutation(asked).astype(np.uint64), [False, True]
    region[rows] = here
    places = rng.permutation(int((home != here).sum()))
    moves, returns = np.zeros((3, 3, 2, 2, 3), dtype=np.int64), np.zeros((3, 3, 2, 2), dtype=np.int64)
    gone, ids, left = np.zeros(places.size, dtype=np.bool_), who.copy(), here.copy()
    living = region.copy()
    found = move(
        rows=rows, kinds=kinds, here=here, home=home, chosen=chosen, who=who, places=places, birth_month=birth_month,
        level=level, field=field, technical=np.array(technical), rooted=month - 540, young=month - 360,
        grown=month - 216, region=living, moves=moves, returns=returns, gone=gone, new_ids=ids, new_home=left,
    )  # fmt: skip
    away, settled, come, counted, back = 0, set(), [], np.zeros_like(moves), np.zeros_like(returns)
    for a, i in enumerate(rows.tolist()):
        age = month - int(birth_month[i])
        kind = (int(here[a]), int(chosen[a]), int(level[i]), int(field[i] >= 0 and technical[field[i]]))
        if home[a] != here[a]:
            if chosen[a] == home[a] or age >= 45 * 12:
                settled.add(int(places[away]))
            away += 1
        if chosen[a] != here[a]:
            counted[(*kind, int(kinds[a]))] += 1
            back[kind] += chosen[a] == home[a]
            if home[a] == here[a] and 18 * 12 <= age < 30 * 12:
                come.append((int(who[a]), int(here[a])))
        assert living[i] == chosen[a]
    assert set(np.flatnonzero(gone).tolist()) == settled
    assert list(zip(ids[:found].tolist(), left[:found].tolist(), strict=True)) == come
    assert len(settled) > 20
    assert len(come) > 20
    assert np.array_equal(moves, counted)
    assert np.array_equal(returns, back)
    others = np.setdiff1d(np.arange(people), rows)
    assert (living[others] == 0).all()


@given(
    roster=st.dictionaries(st.integers(0, 30), st.tuples(st.integers(0, 4), st.booleans()), max_size=12),
    new=st.dictionaries(st.integers(0, 30), st.integers(0, 4), max_size=12),
)
@settings(deadline=None)
def test_the_roster_is_renewed_as_a_dictionary_would_be(
    roster: dict[int, tuple[int, bool]], new: dict[int, int]
) -> None:
    ids, come = (np.array(sorted(some), dtype=np.uint64) for some in (roster, new))
    home = np.array([roster[i][0] for i in ids.tolist()], dtype=np.int8)
    gone = np.array([roster[i][1] for i in ids.tolist()], dtype=np.bool_)
    out_ids, out_home = np.empty(ids.size + come.size, dtype=np.uint64), np.empty(ids.size + come.size, dtype=np.int8)
    held = renew_roster(ids, home, gone, come, np.array([new[i] for i in come.tolist()], np.int8), out_ids, out_home)
    expected = {i: where for i, (where, leaves) in roster.items() if not leaves}
    expected |= {i: where for i, where in new.items() if i not in roster}
    assert list(zip(out_ids[:held].tolist(), out_home[:held].tolist(), strict=True)) == sorted(expected.items())


def test_draws_follow_the_weights() -> None:
    weights = np.array([1.0, 0.0, 3.0])
    hits = np.bincount([drawn(weights, (k + 0.5) / 400) for k in range(400)], minlength=3)
    assert hits.tolist() == [100, 0, 300]


def test_residents_are_before_plus_arrivals_less_departures() -> None:
    w = events(world())
    before = np.bincount(w.people.region, minlength=REGIONS)
    process.process(w)
    moves = w.recorder.arrays["moves"].sum(axis=(0, 3, 4, 5))
    assert moves.sum() > 0
    assert moves.trace() == 0
    back = w.recorder.arrays["return_moves"].sum(axis=(0, 3, 4))
    assert 0 < back.sum() < moves.sum()
    assert (back <= moves).all()
    after = np.bincount(w.people.region, minlength=REGIONS)
    assert (after == before + moves.sum(axis=0) - moves.sum(axis=1)).all()


def test_storage_order_changes_nothing() -> None:
    size = synthesise(TABLES, 1, 2000.0, FIRST).size
    one, other = world(), world(order=np.random.default_rng(3).permutation(size))
    for w in (one, other):
        events(w)
        process.process(w)
    assert np.array_equal(by_id(one), by_id(other))
    assert one.moving is not None
    assert other.moving is not None
    assert np.array_equal(one.moving.ids, other.moving.ids)
    assert np.array_equal(one.moving.home, other.moving.home)


def test_nobody_moves_where_staying_is_all() -> None:
    w = world(**NOBODY)
    process.process(events(w))
    assert w.recorder.arrays["moves"].sum() == 0
    assert w.moving is not None
    assert w.moving.ids.size == 0


@pytest.mark.parametrize("name", ["stay", "attachment", "study_hbo", "study_wo"])
def test_more_attachment_means_fewer_moves(name: str) -> None:
    moves = []
    for value in (-0.5, 3.0):
        w = world(**{name: value})
        process.process(events(w))
        assert w.moving is not None
        moves.append(int(w.recorder.arrays["moves"].sum()) + w.moving.ids.size)
    assert moves[0] > moves[1]


def test_vacancies_and_clusters_draw_and_crowding_deters() -> None:
    staff = np.full((8, REGIONS), 100, dtype=np.int64)
    tight = np.ones((8, REGIONS))
    flat = utilities.chances_of_work(tight, staff, DEFAULTS)
    assert flat == pytest.approx(np.ones_like(flat))
    tight[2, 4], staff[1, 0] = 2.0, 300
    chances = utilities.chances_of_work(tight, staff, DEFAULTS)
    seeker, worker = chances[1:10], chances[10:]
    assert (chances[0] == 1.0).all()
    assert seeker.shape == worker.shape
    assert seeker[2, 4] > 1.0 > seeker[2, 0]
    assert seeker[1, 0] > 1.0
    assert 1.0 < worker[2, 4] < seeker[2, 4]
    start = np.full(REGIONS, 100, dtype=np.int64)
    more = start + np.array([0, 0, 50, 0, 0])
    place, here = utilities.places_to_live(TABLES, DEFAULTS, more, start)
    even, even_here = utilities.places_to_live(TABLES, DEFAULTS, start, start)
    assert (here[..., 2] < even_here[..., 2]).all()
    assert (here[..., 0] > even_here[..., 0]).all()
    assert place.shape == even.shape


def test_who_returns_or_grows_roots_leaves_the_roster() -> None:
    w = world()
    state = w.moving
    assert state is not None
    assert state.ids.size
    ids, home = state.ids.copy(), state.home.copy()
    assert (np.diff(ids.astype(np.int64)) > 0).all()
    assert np.array_equal(state.home_of(ids, np.zeros(ids.size, dtype=np.int8)), home)
    state.settle(ids[:3])
    assert np.array_equal(state.ids, ids[3:])
    state.leave_home(ids[:5], np.full(5, 1, dtype=np.int8))
    assert np.array_equal(state.ids, ids)
    assert state.home[:3].tolist() == [1, 1, 1]
    assert np.array_equal(state.home[3:5], home[3:5])


def test_births_follow_parents() -> None:
    w = world()
    state = w.moving
    assert state is not None
    usual = np.ones((2, state.parents.shape[0], REGIONS))
    made = process.places_of_birth(state, usual)
    assert made.sum(axis=1) == pytest.approx(1.0)
    state.parents[:, 3] *= 2
    state.settled = None
    more = process.places_of_birth(state, usual)
    assert (more[:, 3] > made[:, 3]).all()
    state.parents[:] = 0
    state.settled = None
    assert process.places_of_birth(state, usual) == pytest.approx(1 / REGIONS)


def test_every_parameter_is_an_assumption_with_a_prior() -> None:
    assert all(p.source.startswith("assumption: ") and p.prior is not None for p in PARAMETERS)


def test_a_stronger_pull_of_home_brings_more_back() -> None:
    back = []
    for value in (0.0, 3.0):
        w = events(world(home=value))
        assert w.moving is not None
        age = (w.month - w.people.birth_month.astype(np.int64)) // 12
        left = np.flatnonzero((w.people.stage == Stage.OUT) & (age >= 20) & (age < 40))
        left = left[np.argsort(w.people.id[left])]
        w.moving.leave_home(w.people.id[left], ((w.people.region[left] + 1) % REGIONS).astype(np.int8))
        process.process(w)
        back.append(int(w.recorder.arrays["return_moves"].sum()))
    assert back[1] > 1.2 * back[0] > 0


def young(w: World) -> np.ndarray:
    """Rows of adults below thirty who are out of education, by id."""
    age = (w.month - w.people.birth_month.astype(np.int64)) // 12
    rows = np.flatnonzero((w.people.stage == Stage.OUT) & (age >= 18) & (age < 30))
    return rows[np.argsort(w.people.id[rows])]


def test_the_city_draws_the_young() -> None:
    urban = int(np.argmax(TABLES.regions.urban))
    living = []
    for value in (0.0, 4.0):
        w = world(scale=500.0, stay=0.0, city_young=value)
        process.process(w)
        living.append(int((w.people.region[young(w)] == urban).sum()))
    assert living[1] > living[0]


def test_the_job_draws_those_who_commute() -> None:
    there = []
    for value in (0.0, 4.0):
        w = world(scale=500.0, stay=0.0, job=value)
        rows = young(w)
        w.people.labour[rows] = Labour.EMPLOYED
        w.people.job_region[rows] = (w.people.region[rows] + 1) % REGIONS
        process.process(w)
        there.append(int((w.people.region[rows] == w.people.job_region[rows]).sum()))
    assert there[1] > 1.5 * there[0] > 0


def test_children_go_with_parents_whose_work_and_level_hold_them() -> None:
    """Work where they live keeps families; parents of hbo and wo leave the city less often."""
    urban = int(np.argmax(TABLES.regions.urban))
    left = {}
    for name, high, works in (("neither", 0.0, 0.0), ("work", 0.0, 1.0), ("hbo", 1.0, 0.0)):
        w = world(scale=500.0, stay=-1.0)
        assert w.moving is not None
        w.month += 1  # no January, so that the shares of parents are as set here
        w.moving.raising = np.array([[high] * REGIONS, [works] * REGIONS])
        age = (w.month - w.people.birth_month.astype(np.int64)) // 12
        children = np.flatnonzero((age < 12) & (w.people.region == urban))
        process.process(w)
        left[name] = int((w.people.region[children] != urban).sum())
    assert left["neither"] > 1.5 * left["work"] > 0
    assert left["neither"] > left["hbo"]
