"""The stochastic cycle (W3): equal to its reference, paired by seed, and as spread out as the theory says."""

from __future__ import annotations

import importlib.util
import math
import sys
import warnings
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference import philox
from reference import working as reference
from techsim.data.cycle import historical_gaps
from techsim.experiment.draws import from_priors
from techsim.mechanisms.working.cycle.declare import PARAMETERS
from techsim.mechanisms.working.cycle.kernels import root_of, shock_size
from techsim.mechanisms.working.cycle.process import gap_by_month
from techsim.population.clock import month_index
from techsim.population.randomness import Purpose

FIRST, START, LAST = month_index(2008, 1), month_index(2026, 1), month_index(2060, 12)
PATH = np.sin(np.arange(LAST - FIRST + 1) / 30.0) * 0.02
DEFAULTS = {parameter.name: parameter.default for parameter in PARAMETERS}
TAU, SPREAD = DEFAULTS["cycle.damping_months"], DEFAULTS["cycle.deviation"]
SEEDS = 4000
Z = 4.9
"""Bound on a standard normal statistic: a false alarm with probability 1e-6 (two-sided), were the seeds others."""


def gap(seed: int = 1, start: int | None = START, path: np.ndarray = PATH, first: int = FIRST, tau: float = TAU,
        spread: float = SPREAD, bound: float = 0.25) -> np.ndarray:  # fmt: skip
    parameters = {"cycle.damping_months": tau, "cycle.deviation": spread}
    return gap_by_month(path=path, first=first, start=start, seed=seed, parameters=parameters, low=-bound, high=bound)


@pytest.fixture(scope="module")
def deviations() -> np.ndarray:
    """By seed and month from the start, unbounded; twenty years."""
    flat = np.zeros(240)
    return np.array([gap(seed, START, flat, START, bound=10.0) for seed in range(SEEDS)])


@pytest.mark.parametrize(("tau", "spread", "bound"), [(TAU, SPREAD, 0.25), (1.0, 0.01, 0.25), (20.0, 0.1, 0.05)])
def test_equal_to_the_reference(tau: float, spread: float, bound: float) -> None:
    path = PATH[: START - FIRST + 60]
    expected = reference.strayed(
        path.tolist(), FIRST, START, tau, spread, -bound, bound, lambda m: philox.normal(7, int(Purpose.CYCLE), 0, m, 0)
    )
    found = gap(7, START, path, tau=tau, spread=spread, bound=bound)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)
    assert np.abs(found[START - FIRST :]).max() <= bound


def test_before_the_start_and_without_a_process_the_path_is_untouched() -> None:
    wild = PATH * 20.0  # beyond the bounds, which hold from the start only
    found = gap(3, path=wild)
    assert found[: START - FIRST].tobytes() == wild[: START - FIRST].tobytes()
    assert gap(3, None, wild).tobytes() == wild.tobytes()
    assert (found[START - FIRST :] != wild[START - FIRST :]).all()


def test_no_deviation_is_the_path() -> None:
    np.testing.assert_array_equal(gap(3, spread=0.0), PATH)


def test_the_seed_makes_the_path() -> None:
    assert gap(5).tobytes() == gap(5).tobytes()
    assert (gap(5)[START - FIRST :] != gap(6)[START - FIRST :]).all()


def test_two_scenarios_of_one_seed_share_their_shocks() -> None:
    """The deviation knows nothing of the path."""
    np.testing.assert_allclose(gap(5) - PATH, gap(5, path=-PATH) + PATH, rtol=0, atol=1e-15)


def test_a_run_over_part_of_the_months_strays_as_the_whole() -> None:
    skipped = START - FIRST + 24
    np.testing.assert_array_equal(gap(5, first=FIRST + skipped, path=PATH[skipped:]), gap(5)[skipped:])
    np.testing.assert_array_equal(gap(5, path=PATH[:-36]), gap(5)[:-36])


@given(st.integers(0, 2**32 - 1))
def test_every_draw_of_the_prior_is_stationary(seed: int) -> None:
    drawn = from_priors(PARAMETERS, seed, 1)[0]
    root = root_of(drawn["cycle.damping_months"])
    assert 0.0 < root < 1.0
    assert shock_size(root, drawn["cycle.deviation"]) >= 0.0


def test_the_bounds_are_stationary_too() -> None:
    (months,) = (parameter for parameter in PARAMETERS if parameter.name == "cycle.damping_months")
    assert 0.0 < root_of(months.low) < root_of(months.high) < 1.0


def test_a_shock_is_at_its_largest_after_the_damping_months_and_halves_as_declared() -> None:
    """The words of the parameter's meaning, from the weights (k + 1) r^k."""
    weights = np.array([(k + 1) * root_of(TAU) ** k for k in range(100)])
    peak = int(weights.argmax())
    assert abs(peak + 1 - TAU) <= 1.0
    half = peak + int(np.flatnonzero(weights[peak:] < weights[peak] / 2)[0])
    assert half - peak == pytest.approx(1.7 * TAU, abs=1.5)


def test_deviations_have_mean_zero(deviations: np.ndarray) -> None:
    """Months 1, 2, 4 and 20 years after the start; |z| < 4.9 fails by chance in 4 of a million sets of seeds."""
    for month in (11, 23, 47, 239):
        column = deviations[:, month]
        assert abs(column.mean()) < Z * column.std() / math.sqrt(SEEDS)


def test_deviations_are_as_spread_out_as_declared(deviations: np.ndarray) -> None:
    """In the long run D; one year after the start what the shocks so far make; false alarms: 3 in a million."""
    weights = np.array([(k + 1) * root_of(TAU) ** k for k in range(240)]) * shock_size(root_of(TAU), SPREAD)
    for month in (11, 47, 239):
        expected = math.sqrt((weights[: month + 1] ** 2).sum())
        # The logarithm of a sample's standard deviation has the standard error 1 / sqrt(2 (n - 1)).
        assert abs(math.log(deviations[:, month].std(ddof=1) / expected)) < Z / math.sqrt(2 * (SEEDS - 1))
    assert math.sqrt((weights**2).sum()) == pytest.approx(SPREAD, rel=1e-9)


@pytest.mark.parametrize("lag", [1, 6, 12, 24])
def test_deviations_are_as_persistent_as_declared(deviations: np.ndarray, lag: int) -> None:
    """Correlation across seeds, in Fisher's z, far from the start; false alarms: one in a million for each lag.

    Theory, from the equation's own recursion (Yule and Walker): rho_k = 2 r rho_(k-1) - r^2 rho_(k-2).
    """
    root = root_of(TAU)
    theory = [1.0, 2 * root / (1 + root * root)]
    while len(theory) <= lag:
        theory.append(2 * root * theory[-1] - root * root * theory[-2])
    found = np.corrcoef(deviations[:, 239 - lag], deviations[:, 239])[0, 1]
    assert abs(math.atanh(found) - math.atanh(theory[lag])) < Z / math.sqrt(SEEDS - 3)


@pytest.fixture(scope="module")
def script() -> ModuleType:
    path = Path(__file__).resolve().parents[3] / "scripts" / "fit_cycle.py"
    spec = importlib.util.spec_from_file_location("fit_cycle", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclass asks for it
    spec.loader.exec_module(module)
    return module


def test_the_declared_defaults_and_priors_are_those_of_the_fit(script: ModuleType) -> None:
    """Within 0.5 %, the rounding of the declarations with some room for other versions of the optimiser."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = script.equal_roots(script.PERCENT * np.array(list(historical_gaps().values())))
    months, deviation = (fit.values[f"{name} (s.e. of its logarithm)"] for name in ("months", "deviation"))
    fitted = {"cycle.damping_months": months, "cycle.deviation": (deviation[0] / script.PERCENT, deviation[1])}
    for parameter in PARAMETERS:
        value, error = fitted[parameter.name]
        assert parameter.default == pytest.approx(value, rel=0.005)
        assert parameter.prior.a == parameter.default
        assert parameter.prior.b == pytest.approx(error, rel=0.01)


def test_the_fit_s_covariances_are_those_of_yearly_means(script: ModuleType, deviations: np.ndarray) -> None:
    """Kernel and fit mean the same process: yearly means of simulated months, ten years after the start.

    Variance and correlation of two neighbouring years; false alarms: 2 in a million.
    """
    years = deviations[:, 120:].reshape(SEEDS, -1, 12).mean(axis=2)
    root = root_of(TAU)
    theory = script.yearly_covariances(root, root, SPREAD, 3)
    spread = math.log(years[:, -1].std(ddof=1) / math.sqrt(theory[0]))
    assert abs(spread) < Z / math.sqrt(2 * (SEEDS - 1))
    found = np.corrcoef(years[:, -2], years[:, -1])[0, 1]
    assert abs(math.atanh(found) - math.atanh(theory[1] / theory[0])) < Z / math.sqrt(SEEDS - 3)
