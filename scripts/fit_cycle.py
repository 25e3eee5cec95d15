"""Fit the stochastic cycle to the output gaps of 2003-2024 and print the estimates: ``python scripts/fit_cycle.py``.

The gap of each year is the mean of twelve months of an AR(2) whose two roots are equal,
``(1 - r L)^2 d_t = sigma e_t``, ``r = exp(-1 / tau)``, around a constant (``cycle.damping_months`` is tau,
``cycle.deviation`` the standard deviation of d). Its likelihood is exact: the years are jointly normal, with
covariances that are sums over the months'. Rivals are fitted beside it; why they lost is said in
``docs/decisions/0011-stochastic-cycle.md``. Needs statsmodels, which the model itself does not.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import toeplitz
from scipy.stats import multivariate_normal
from statsmodels.base.model import GenericLikelihoodModel
from statsmodels.tools.numdiff import approx_hess
from statsmodels.tsa.arima.model import ARIMA
from statsmodels.tsa.arima_process import arma_acovf
from statsmodels.tsa.regime_switching.markov_autoregression import MarkovAutoregression
from statsmodels.tsa.regime_switching.markov_regression import MarkovRegression

from techsim.data.cycle import historical_gaps
from techsim.population.clock import MONTHS

Floats = npt.NDArray[np.float64]

PERCENT = 100.0
"""Fits are in per cent of potential output, so that all numbers are of one size."""
SEED = 1
"""Of the random starts of the Markov fits: the estimates of the cycle itself use none."""


@dataclass(frozen=True)
class Estimate:
    """A fitted process: estimates with standard errors by name (empty where there are none), and how well it fits."""

    name: str
    values: dict[str, tuple[float, float]]
    log_likelihood: float
    count: int
    years: int

    @property
    def aicc(self) -> float:
        """Akaike's criterion corrected for few observations: lower is better."""
        k, n = self.count, self.years
        return 2.0 * k - 2.0 * self.log_likelihood + 2.0 * k * (k + 1.0) / (n - k - 1.0)


def yearly_covariances(slow: float, fast: float, deviation: float, years: int) -> Floats:
    """Autocovariances of the yearly means of a monthly AR(2).

    Parameters
    ----------
    slow, fast : float in [0, 1)
        Roots r of ``(1 - slow L)(1 - fast L)``, per month.
    deviation : float
        Standard deviation of the monthly values.
    years : int
        Number of lags, that of 0 among them.

    Returns
    -------
    float64 (years,), in the square of ``deviation``'s unit
    """
    monthly = np.real(arma_acovf([1.0, -(slow + fast), slow * fast], [1.0], nobs=MONTHS * (years + 1)))
    monthly *= deviation**2 / monthly[0]
    apart = np.arange(1 - MONTHS, MONTHS)
    weights = (MONTHS - np.abs(apart)) / MONTHS**2
    return np.array([weights @ monthly[np.abs(MONTHS * lag + apart)] for lag in range(years)])


class YearlyMeans(GenericLikelihoodModel):
    """Yearly means of a monthly AR(2) with parameters mean, log deviation, log months of the root; the other root is
    equal to it, or 0 (an AR(1))."""

    def __init__(self, gaps: Floats, equal: bool) -> None:
        super().__init__(gaps, extra_params_names=["mean", "deviation", "months"])
        self.equal = equal

    def loglike(self, params: Floats) -> float:
        """Log likelihood; minus infinity where a root is too near to one to tell."""
        mean, deviation, months = params[0], math.exp(params[1]), math.exp(params[2])
        root = math.exp(-1.0 / months)
        if root > 0.9999:
            return -math.inf
        years = self.endog.size
        covariances = yearly_covariances(root, root if self.equal else 0.0, deviation, years)
        return float(multivariate_normal.logpdf(self.endog, np.full(years, mean), toeplitz(covariances)))


def monthly_fit(gaps: Floats, name: str, equal: bool) -> Estimate:
    """The monthly process by maximum likelihood; ``gaps`` (years,) in per cent of potential output.

    Standard errors, from the Hessian, are those of the mean and of the logarithms of deviation and months.
    """
    model = YearlyMeans(gaps, equal)
    begin = np.array([gaps.mean(), math.log(gaps.std()), math.log(8.0)])
    fitted = model.fit(
        start_params=begin, method="nm", maxiter=4000, xtol=1e-9, ftol=1e-12, disp=False, skip_hessian=True
    )
    covariance = np.linalg.inv(-approx_hess(fitted.params, model.loglike, epsilon=np.full(begin.size, 1e-3)))
    errors = np.sqrt(np.diag(covariance))
    mean, deviation, months = fitted.params
    values = {
        "mean": (float(mean), float(errors[0])),
        "deviation (s.e. of its logarithm)": (math.exp(deviation), float(errors[1])),
        "months (s.e. of its logarithm)": (math.exp(months), float(errors[2])),
        "correlation of the logarithms": (float(covariance[1, 2] / (errors[1] * errors[2])), math.nan),
    }
    return Estimate(name, values, float(model.loglike(fitted.params)), begin.size, gaps.size)


def equal_roots(gaps: Floats) -> Estimate:
    """The process that the model uses; ``gaps`` (years,) in per cent of potential output."""
    return monthly_fit(gaps, "monthly AR(2), equal roots", equal=True)


def rivals(gaps: Floats) -> list[Estimate]:
    """What else was tried."""
    found = [monthly_fit(gaps, "monthly AR(1)", equal=False)]
    for order in (1, 2, 3):
        fitted = ARIMA(gaps, order=(order, 0, 0), trend="c").fit()
        values = dict(zip(fitted.param_names, zip(fitted.params, fitted.bse, strict=True), strict=True))
        found.append(Estimate(f"yearly AR({order})", values, fitted.llf, order + 2, gaps.size))
    for variance in (False, True):
        words = "two levels, two variances" if variance else "two levels"
        plain = MarkovRegression(gaps, k_regimes=2, switching_variance=variance)
        lagged = MarkovAutoregression(gaps, k_regimes=2, order=1, switching_ar=False, switching_variance=variance)
        for kind, model in (("Markov", plain), ("Markov with AR(1)", lagged)):
            np.random.seed(SEED)
            fitted = model.fit(search_reps=50)
            values = dict(zip(model.param_names, zip(fitted.params, fitted.bse, strict=True), strict=True))
            found.append(Estimate(f"{kind}, {words}", values, fitted.llf, fitted.params.size, int(fitted.nobs)))
    return found


def main() -> None:
    """Print all fits, the model's own first."""
    gaps = PERCENT * np.array(list(historical_gaps().values()))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        estimates = [equal_roots(gaps), *rivals(gaps)]
    for found in estimates:
        print(f"{found.name}: log likelihood {found.log_likelihood:.2f} of {found.years} years, AICc {found.aicc:.1f}")
        for name, (value, error) in found.values.items():
            print(f"    {name:<34} {value:9.4f}" + ("" if math.isnan(error) else f"   s.e. {error:.4f}"))


if __name__ == "__main__":
    main()
