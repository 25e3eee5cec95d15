"""The employer's plan: each rule by a small table, one employer's slice equal to all employers at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from techsim.data.demography import EVIDENCE_END
from techsim.mechanisms.working import employers
from techsim.mechanisms.working.demand.process import trend_years
from techsim.mechanisms.working.kernels import cut_and_shed
from techsim.mechanisms.working.separations.process import shed_dither
from techsim.mechanisms.working.state import relative_sensitivity
from techsim.mechanisms.working.surplus import surplus_to_dismiss
from techsim.mechanisms.working.vacancies import process as vacancies
from techsim.mechanisms.world import World


@pytest.mark.parametrize(
    ("desired", "staff", "threshold", "wanted"),
    [(10.0, 8, 0.0, 2), (10.0, 8, 0.9, 2), (10.4, 8, 0.5, 2), (10.4, 8, 0.7, 3), (8.0, 10, 0.9, 0), (0.0, 0, 0.9, 0)],
)
def test_wanted_vacancies(desired: float, staff: int, threshold: float, wanted: int) -> None:
    found = employers.wanted_vacancies(
        desired=np.array([desired]), staff=np.array([staff]), rounding=np.array([threshold])
    )
    assert found.tolist() == [wanted]


@pytest.mark.parametrize(
    ("desired", "staff", "tolerance", "fixed", "threshold", "dismissed"),
    [
        (10.0, 20, 0.0, 0.0, 0.0, 5),
        (10.0, 20, 0.1, 0.0, 0.0, 4),
        (10.0, 11, 0.0, 0.0, 0.4, 0),
        (10.0, 11, 0.2, 0.0, 0.99, 0),
        (10.0, 9, 0.0, 0.0, 0.99, 0),
        (0.0, 3, 0.0, 0.0, 0.5, 2),
        (0.3, 1, 0.0, 0.8, 0.99, 0),
        (0.3, 1, 0.0, 0.2, 0.99, 1),
    ],
)
def test_layoffs_spare_the_hoarded_and_the_fraction_made_whole(
    desired: float, staff: int, tolerance: float, fixed: float, threshold: float, dismissed: int
) -> None:
    kept = employers.staff_kept(
        desired=np.array([desired]), tolerance=np.array([tolerance]), rounding=np.array([fixed])
    )
    found = employers.staff_to_cut(
        kept=kept, hours=np.array([float(staff)]), flex_speed=0.5, layoff_speed=0.0, dither=np.array([threshold])
    )
    assert found.flexible.tolist() == [dismissed]
    assert found.limit.tolist() == [0]


def test_large_employers_keep_more_and_all_keep_whom_they_found_hard_to_find() -> None:
    kept = employers.hoarded(
        usually=employers.usually_hoarded(base=0.02, large=0.01, is_large=np.array([False, True, False])),
        scarcity=0.5,
        remembered=np.array([0.0, 0.0, 0.04]),
    )
    assert kept.tolist() == pytest.approx([0.02, 0.03, 0.04])


def test_trends_run_in_full_to_the_evidence_and_ebb_away_after_it() -> None:
    first, end, fade = EVIDENCE_END - 24, EVIDENCE_END, 8.0
    assert trend_years(end, first, fade) == pytest.approx(2.0)
    assert trend_years(end + 1200, first, fade) == pytest.approx(2.0 + fade, rel=1e-4)
    later = [trend_years(m, end + 36, fade) for m in (end + 36, end + 48, end + 60)]
    assert later[0] == 0.0 < later[1] < later[2] < 2 * later[1] < 2.0
    assert later[2] == pytest.approx(trend_years(end + 60, first, fade) - trend_years(end + 36, first, fade))


def test_offers_to_apprentices_rise_with_the_shortage_of_staff() -> None:
    shortage = employers.shortage_of_staff(
        desired=np.array([[90.0, 100.0, 103.0, 110.0]]), staff=np.array([[100, 100, 100, 100]])
    )
    chances = employers.chance_of_offer(shortage=shortage, base=0.0, slope=50.0)[0]
    assert chances.tolist() == sorted(chances.tolist())
    assert chances[1] == pytest.approx(0.5)


def test_fractions_of_a_vacancy_add_up_over_months() -> None:
    rounding = np.array([0.37])
    share = np.array([0.0])
    for month in range(1000):
        dither = employers.monthly_dither(rounding, month)
        share += employers.plan_employer(
            desired=np.array([0.0]),
            staff=np.array([0.0]),
            open_now=np.array([1]),
            rounding=rounding,
            dither=dither,
            opening_speed=0.5,
            withdrawal_speed=0.3,
        ).withdraw
    assert share[0] / 1000 == pytest.approx(0.3, abs=0.01)


def test_desired_staff_keeps_the_country_at_rest(make_world: Callable[..., World]) -> None:
    """Without pressure and trends jobs are labour force less slack, divided as at the start."""
    world = make_world()
    labour, dims = world.labour, world.tables.dimensions
    desired = employers.desired_staff(
        labour_force_trend=labour.labour_force,
        local_jobs=labour.local_jobs,
        base_share=labour.base_share,
        sector=dims.employer_sector,
        growth=np.ones(labour.trend.shape),
        pressure=np.zeros(dims.size("sector")),
        sensitivity=np.ones(dims.size("sector")),
        response=1.0,
        slack=0.04,
    )
    assert desired.sum() == pytest.approx(0.96 * labour.labour_force.sum())
    np.testing.assert_allclose(desired / desired.sum(), labour.staff / labour.staff.sum(), atol=1e-12)


@pytest.mark.parametrize("seed", [1, 2])
def test_desired_staff_against_plain_loops(seed: int) -> None:
    rng, shape = np.random.default_rng(seed), (4, 3, 2, 5)
    base, growth, sector = rng.random(shape), rng.uniform(0.8, 1.2, (3, *shape[1:3])), np.array([0, 0, 2, 1])
    base[..., 4] = 0.0  # a region without jobs
    people, local, pressure, sensitivity = (rng.random(n) for n in (5, 5, 3, 3))
    pressure[0] = -3.0  # output so low that nobody is wanted
    desired = employers.desired_staff(
        labour_force_trend=people, local_jobs=local, base_share=base, sector=sector, growth=growth,
        pressure=pressure, sensitivity=sensitivity + 0.5, response=1.5, slack=0.04,
    )  # fmt: skip
    for e, g, lv, r in np.ndindex(shape):
        total = sum(base[k, *c, r] * growth[sector[k], *c] for k, *c in np.ndindex(shape[:3])) or 1.0
        s = sector[e]
        cycle = max(1.0 + 1.5 * (sensitivity[s] + 0.5) * pressure[s], 0.0)
        share = base[e, g, lv, r] * growth[s, g, lv] / total
        assert desired[e, g, lv, r] == pytest.approx(people[r] * 0.96 * local[r] * share * cycle)
    assert not desired[:2].any()
    assert desired[2:].any()


def test_output_moves_construction_more_than_care(make_world: Callable[..., World]) -> None:
    world = make_world()
    sensitivity = relative_sensitivity(
        world.tables.dimensions.by_sector(world.labour.staff), world.tables.labour.cycle_sensitivity
    )
    by_sector = world.tables.dimensions.by_sector(world.labour.staff).sum(axis=(1, 2, 3))
    assert np.average(sensitivity, weights=by_sector) == pytest.approx(1.0)
    sector = world.tables.dimensions.sector.index
    assert sensitivity[sector("construction_installation")] > 5 * sensitivity[sector("health_care")]


def test_pressure_above_zero_is_bent() -> None:
    bent = employers.smooth_pressure(np.array([-0.04, 0.0, 0.04]), 0.25)
    assert bent.tolist() == [-0.04, 0.0, 0.01]


def test_one_employer_plans_as_all_do(make_world: Callable[..., World]) -> None:
    labour = make_world(gap=-0.05).labour
    dither = employers.monthly_dither(labour.rounding, 7)
    shift = np.arange(labour.staff.size).reshape(labour.staff.shape) % 7 - 3
    staff = np.maximum(labour.staff + shift, 0)
    tolerance = np.linspace(0.0, 0.05, staff.shape[0])[:, None, None, None]

    def plans(where: tuple[slice | int, ...]) -> tuple[employers.EmployerPlan, employers.Cut]:
        mine = tolerance if where == (slice(None),) * 4 else tolerance[where[0], 0, 0, 0]
        kept = employers.staff_kept(desired=labour.desired[where], tolerance=mine, rounding=labour.rounding[where])
        return employers.plan_employer(
            desired=labour.desired[where], staff=staff[where], open_now=labour.open_vacancies[where],
            rounding=labour.rounding[where], dither=dither[where], opening_speed=0.7, withdrawal_speed=0.4,
        ), employers.staff_to_cut(
            kept=kept, hours=staff[where], flex_speed=0.5, layoff_speed=0.3, dither=dither[where]
        )  # fmt: skip

    plan, cut = plans((slice(None),) * 4)
    assert cut.flexible.sum() > cut.limit.sum() > 0 < plan.open.sum()
    for e, r in np.ndindex(labour.staff.shape[0], labour.staff.shape[3]):
        mine = (e, slice(None), slice(None), r)
        own_plan, own_cut = plans(mine)
        for name in ("open", "withdraw"):
            np.testing.assert_array_equal(getattr(own_plan, name), getattr(plan, name)[mine])
        for name in ("flexible", "limit"):
            np.testing.assert_array_equal(getattr(own_cut, name), getattr(cut, name)[mine])


def test_what_is_cut_and_shed_in_one_pass_is_what_the_single_rules_say(make_world: Callable[..., World]) -> None:
    world = make_world(gap=-0.05)
    labour = world.labour
    rng = np.random.default_rng(2)
    shape = labour.staff.shape
    staff = labour.staff + rng.integers(0, 6, shape)
    hours_cut, hours_lent = rng.uniform(0, 0.4, shape), rng.uniform(0, 0.4, shape)
    tolerance, left = np.linspace(0.0, 0.05, shape[0]), rng.uniform(0, 40, (shape[0], shape[3]))
    flexible, limit, shed = cut_and_shed(
        labour.desired, tolerance, labour.rounding, staff, hours_cut, hours_lent, left,
        7 * employers.STEP, 0.5, 0.3, 0.1,
    )  # fmt: skip
    dither = employers.monthly_dither(labour.rounding, 7)
    kept = employers.staff_kept(
        desired=labour.desired, tolerance=tolerance[:, None, None, None], rounding=labour.rounding
    )
    cut = employers.staff_to_cut(
        kept=kept, hours=staff - hours_cut - hours_lent, flex_speed=0.5, layoff_speed=0.3, dither=dither
    )
    np.testing.assert_array_equal(flexible, cut.flexible)
    np.testing.assert_array_equal(limit, cut.limit)
    alone = surplus_to_dismiss(left=left, staff=staff, speed=0.1, dither=shed_dither(dither))
    np.testing.assert_array_equal(shed, alone)
    assert flexible.sum() > limit.sum() > 0 < shed.sum()


def test_vacancies_opened_in_one_pass_are_those_of_the_plan(make_world: Callable[..., World]) -> None:
    world = make_world(gap=0.03)
    labour, p = world.labour, world.parameters
    labour.hours_lent += np.random.default_rng(3).uniform(0, 0.4, labour.staff.shape)
    labour.open_vacancies[::2] += 5
    before, booked = labour.open_vacancies.copy(), labour.ledger.opened.copy()
    plan = employers.plan_employer(
        desired=labour.desired,
        staff=labour.staff - labour.hours_lent,
        open_now=before,
        rounding=labour.rounding,
        dither=employers.monthly_dither(labour.rounding, world.month),
        opening_speed=p["vacancies.opening_speed"],
        withdrawal_speed=p["vacancies.withdrawal_speed"],
    )
    vacancies.process(world)
    np.testing.assert_array_equal(labour.open_vacancies, before + plan.open - plan.withdraw)
    np.testing.assert_array_equal(labour.ledger.opened, booked + plan.open)
    np.testing.assert_array_equal(labour.ledger.withdrawn, plan.withdraw)
    assert plan.open.sum() > 0 < plan.withdraw.sum()
