"""The plan of draws: seeds and parameters are pure functions of seed, number and name."""

import math
from dataclasses import replace
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from techsim.declarations import Parameter, Prior, by_name
from techsim.experiment.draws import from_priors, plan, quantile, rows_taken, seed_of, shares
from techsim.scenario.parameter_sets import ParameterSets

UNIFORM = Parameter("a.uniform", "", 0.5, 0, 1, Prior("uniform", -1, 0.8), "assumption", "", "K1")
NORMAL = Parameter("a.normal", "", 0.5, 0, 1, Prior("normal", 0.5, 1), "assumption", "", "K1")
LOGNORMAL = Parameter("b.lognormal", "", 2, 0, 50, Prior("lognormal", 2, 0.5), "assumption", "", "K1")


def planned(number=5, seed=7, parameters="prior", given=(), declared=(UNIFORM, NORMAL, LOGNORMAL), sets=None):
    """The plan of a scenario."""
    draws = SimpleNamespace(number=number, seed=seed, parameters=parameters)
    scenario = SimpleNamespace(draws=draws, parameters=dict(given), own_sets=sets)
    return plan(scenario, SimpleNamespace(parameters=by_name(declared)))


def test_draw_zero_has_the_seed_itself_and_all_seeds_differ():
    draws = planned(1000, seed=12)
    assert draws[0].seed == 12
    assert [draw.number for draw in draws] == list(range(1000))
    assert len({draw.seed for draw in draws}) == 1000
    assert all(0 <= draw.seed < 2**32 for draw in draws)


def test_seeds_are_frozen():
    assert [seed_of(1, number) for number in range(3)] == [1, 2970908266, 2253905059]


def test_more_draws_leave_the_others_as_they_are():
    assert planned(8)[:5] == planned(5)


def test_a_parameter_more_changes_no_other():
    extra = Parameter("a.another", "", 0.5, 0, 1, Prior("uniform", 0, 1), "assumption", "", "K1")
    fewer, more = planned(), planned(declared=(extra, NORMAL, LOGNORMAL, UNIFORM))
    for one, other in zip(fewer, more, strict=True):
        assert one.parameters == {name: v for name, v in other.parameters.items() if name != "a.another"}


def test_defaults_unless_priors_are_asked_for():
    for draw in planned(parameters="default"):
        assert draw.parameters == {"a.uniform": 0.5, "a.normal": 0.5, "b.lognormal": 2}
    assert len({draw.parameters["a.normal"] for draw in planned(100)}) == 100


def test_what_the_scenario_sets_stays_set():
    with_it, without = planned(given={"a.normal": 0.25}), planned()
    assert {draw.parameters["a.normal"] for draw in with_it} == {0.25}
    assert [d.parameters["a.uniform"] for d in with_it] == [d.parameters["a.uniform"] for d in without]


def test_uniform_is_cut_to_the_bounds():
    assert quantile(UNIFORM.prior, 0.0, 0, 1) == 0
    assert quantile(UNIFORM.prior, 0.25, 0, 1) == pytest.approx(0.2)
    assert quantile(UNIFORM.prior, 1.0, 0, 1) == pytest.approx(0.8)


def test_normal_is_cut_to_the_bounds():
    assert quantile(NORMAL.prior, 0.5, 0, 1) == pytest.approx(0.5)
    normal = NormalDist(0.5, 1)
    low, high = normal.cdf(0), normal.cdf(1)
    assert normal.cdf(quantile(NORMAL.prior, 0.3, 0, 1)) == pytest.approx(low + 0.3 * (high - low))


def test_lognormal_has_its_median_where_it_says():
    assert quantile(LOGNORMAL.prior, 0.5, 0, math.inf) == pytest.approx(2)
    assert quantile(LOGNORMAL.prior, NormalDist().cdf(1), 0, math.inf) == pytest.approx(2 * math.exp(0.5))


@pytest.mark.parametrize(
    ("prior", "low", "high"),
    [(Prior("uniform", 2, 3), 0, 1), (Prior("normal", 0, 0.001), 5, 6), (Prior("lognormal", 1, 1), -2, -1)],
)
def test_a_prior_outside_its_bounds_is_an_error(prior, low, high):
    with pytest.raises(ValueError, match="nothing within"):
        quantile(prior, 0.5, low, high)


@given(st.integers(0, 2**32 - 1), st.sampled_from((UNIFORM, NORMAL, LOGNORMAL)), st.integers(1, 40))
def test_values_lie_within_the_bounds(seed, parameter, draws):
    for values in from_priors([parameter], seed, draws):
        assert parameter.low <= values[parameter.name] <= parameter.high


@pytest.mark.parametrize("draw", [0, 1, 6])
def test_values_of_a_draw_follow_the_prior(draw):
    # Kolmogorov-Smirnov with 2000 fixed seeds; the critical value at a false-alarm rate of 1 in 1000 is 1.95 / sqrt(n).
    values = sorted(from_priors([UNIFORM], seed, 7)[draw][UNIFORM.name] / 0.8 for seed in range(2000))
    distance = max(abs(value - (i + 0.5) / 2000) for i, value in enumerate(values))
    assert distance < 1.95 / math.sqrt(2000)


@pytest.mark.parametrize("draws", [2, 8, 64])
def test_draws_are_spread_evenly_over_each_prior(draws):
    places = shares(["a.one", "a.two"], 3, draws)
    for row in places:
        assert sorted((row * draws).astype(int)) == list(range(draws))
    assert (places[0] != places[1]).all()


def test_the_mean_of_a_prior_takes_few_draws():
    def error(values):
        return math.sqrt(sum((value.mean() - 0.5) ** 2 for value in values) / len(values))

    rng = np.random.default_rng(1)
    even = [shares(["a.one"], seed, 20)[0] for seed in range(100)]
    assert error(even) < 0.2 * error([rng.random(20) for _ in range(100)])


def test_parameters_are_spread_independently_of_each_other():
    # Of two of them the correlation over 64 draws is by luck; a common pattern would show in its mean over many pairs.
    places = shares([f"a.p{k}" for k in range(60)], 11, 64)
    between = np.corrcoef(places)[np.triu_indices(60, 1)]
    assert abs(between.mean()) < 0.02
    assert between.std() < 1.5 / math.sqrt(63)


SETS = ParameterSets("fit.csv", ("a.normal", "b.lognormal"), ((0.1, 1.0), (0.2, 2.0), (0.3, 3.0)))


def test_draws_take_the_sets_of_a_file_in_order_and_start_again():
    draws = planned(4, sets=SETS)
    assert [draw.parameters["a.normal"] for draw in draws] == [0.1, 0.2, 0.3, 0.1]
    assert [draw.parameters["b.lognormal"] for draw in draws] == [1.0, 2.0, 3.0, 1.0]
    assert {draw.parameters["a.uniform"] for draw in draws} == {0.5}  # has no column: its default
    assert len({draw.seed for draw in draws}) == 4


def test_what_the_scenario_sets_wins_over_the_sets():
    assert {draw.parameters["a.normal"] for draw in planned(3, sets=SETS, given={"a.normal": 0.9})} == {0.9}


def test_weighted_sets_are_taken_as_often_as_they_count():
    weighted = replace(SETS, weights=(1.0, 0.0, 3.0))
    taken = rows_taken(weighted, 5, 64)
    assert [taken.count(row) for row in range(3)] == [16, 0, 48]
    assert rows_taken(weighted, 5, 10) == taken[:10]
    assert rows_taken(replace(SETS, weights=(0.0, 0.0, 1e-9)), 5, 4) == [2] * 4
