"""W1, supply: who takes part in the labour force, who goes back to school, who retires.

Claim: participation differs by sex, age and education and has risen among older women; retirement follows the pension
age, at a distance that has shrunk; in a slump some give up looking for work.

Equations: person i, out of education, age a, sex s, education level l, in year y:

    retired   if a >= A(y) + d(y) + delay + sigma z_i            z_i standard normal, once in life; final
    takes part if v_i < p_sal(y) + c x(t) (1 - p_sal(y))         v_i uniform, once in life

A is the pension age, d the mean retirement age less the pension age (table ``retirement``), p table
``participation``, x the mean pressure on employers (W3). Who takes part and has no job is unemployed. A full-time
student leaves the labour force; a bbl student stays an employee, whatever v_i.

=======  ============================================  ======================
symbol   code                                          unit
=======  ============================================  ======================
c        ``participation.cyclical``                    share per unit pressure
delay    ``retirement.delay``                          years
sigma    ``retirement.spread``                         years
=======  ============================================  ======================

Since v and z are drawn once, participation changes only where age, education, year or the cycle move the threshold: no
churn without a cause. Sources: CBS mean retirement age and pension age (public_figures P1034 ff., P1055 ff.), net
participation of 45-75 (P0928 ff.). Left out: hours; partners and children; disability. Read by: vacancies, matching.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior
from techsim.population.start_rules import USUAL

PARAMETERS = (
    Parameter(
        "participation.cyclical",
        "share per unit pressure",
        0.5,
        0.0,
        5.0,
        Prior("uniform", 0.0, 1.5),
        "assumption: some stop looking in a slump; participation of 45-75 stood still in 2009-2014 (P0928 ff.)",
        "share of those outside the labour force who come in by a unit of pressure on employers",
        "W1",
    ),
    Parameter(
        "retirement.delay",
        "years",
        0.0,
        -5.0,
        5.0,
        Prior("normal", 0.0, 0.4),
        "assumption: none at the default",
        "years by which retirement comes later than table retirement says",
        "W1",
    ),
    Parameter(
        "retirement.spread",
        "years",
        USUAL.retirement_spread,
        0.0,
        10.0,
        Prior("normal", 2.4, 0.3),
        "assumption: seven in eight retired before the pension age in 2002, at a mean 4.3 years below it "
        "(public_figures P1087, P1055)",
        "standard deviation of retirement ages",
        "W1",
    ),
)

INDICATORS = (
    Indicator(
        "retirements",
        "workers who retired",
        "persons",
        "W1",
        "year",
        ("occupation", "level", "region"),
        "flow",
    ),
    Indicator(
        "workers_by_retirement",
        "workers of December by how soon they retire, by their own age of retirement",
        "persons",
        "W1",
        "year",
        ("retires", "occupation"),
        "stock",
    ),
)
