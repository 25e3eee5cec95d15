"""W3: the stochastic cycle, luck of the economy around a named path; for scenarios with ``cycle.process``.

Claim: nobody knows the cycle to come; the gap strays from any path as far, and for as long, as it did in 2003-2024. A
shock builds up for about tau months, and has halved after 1.7 tau more.

Equations, month t, path p, shocks e standard normal and independent, L the lag of a month:

    (1 - r L)^2 d_t = sigma e_t,   d = 0 before the start    that is, d_t = 2 r d_(t-1) - r^2 d_(t-2) + sigma e_t
    r       = exp(-1 / tau)                                  an AR(2) with two equal roots
    sigma^2 = D^2 (1 - r^2)^3 / (1 + r^2)                    so that D is the standard deviation far from the start
    y_t     = p_t before the start, min(max(p_t + d_t, low), high) from it on

r is below one for every tau, so every draw from the priors is stationary and none has to be rejected. The shock of a
month hangs on the draw's seed and the month alone: scenarios with one seed share their shocks.

======  =========================  ===================================
symbol  code                       unit
======  =========================  ===================================
tau     ``cycle.damping_months``   months
D       ``cycle.deviation``        share of potential output
p       ``cycle.path``, its table  share of potential output
low,    bounds of a gap in a       share of potential output, -0.25
high    scenario                   and 0.25
======  =========================  ===================================

Sources: yearly gaps of 2003-2024 (table ``gdp_growth``) as twelve-month means of this process, by maximum likelihood
(``scripts/fit_cycle.py``; docs/decisions/0011-stochastic-cycle.md has the estimates and the rivals). Left out: regimes,
asymmetry (slumps that come faster than they go), the correlation of the two estimates (0.49 in logarithms), moves
within a year, of which yearly figures know nothing. Read by: demand, through the month's output gap.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

_FIT = (
    "maximum likelihood fit to the yearly output gaps of 2003-2024 (table gdp_growth, scripts/fit_cycle.py); "
    "the prior has the estimate and the standard error of its logarithm"
)

PARAMETERS = (
    Parameter(
        "cycle.damping_months",
        "months",
        6.74,
        1.0,
        36.0,
        Prior("lognormal", 6.74, 0.29),
        _FIT,
        "months in which a shock to the output gap builds up; it has halved 1.7 times as many months later; in use "
        "with `cycle.process`",
        "W3",
    ),
    Parameter(
        "cycle.deviation",
        "share of potential output",
        0.0268,
        0.0,
        0.1,
        Prior("lognormal", 0.0268, 0.173),
        _FIT,
        "standard deviation of the output gap around its path, some years after the start of `cycle.process`",
        "W3",
    ),
)

INDICATORS: tuple[Indicator, ...] = ()
