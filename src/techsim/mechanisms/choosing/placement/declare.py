"""K2 (first half): placement in a track of vo at twelve, by ability and advice.

Claim: advice follows ability with noise and lies lower for pupils with a migration background; the shares of the
tracks are those of the year.

Equation, for a pupil i of background b placed in August of year y, twelve on 1 October; mean(theta) is taken over the
backgrounds of pupils:

    z_i = rho x_i + sqrt(1 - rho^2) eps_i + theta_b - mean(theta)
    track = the first t (pro, bb, kb, gl, tl, havo, vwo) with z_i < Phi^-1(cumulative share of t in y)

=========  ==========================================  =============================
symbol     code                                        unit
=========  ==========================================  =============================
x_i        ``People.ability``                          standard deviations
eps_i      standard normal draw                        standard deviations
rho        ``placement.ability_weight``                correlation
theta_b    ``placement.advice_non_western``, half of   standard deviations
           it for western backgrounds
=========  ==========================================  =============================

Sources: shares by year from DUO (table ``track_shares``). Left out: school supply by region; changes of advice after
the test. Read by: profile choice (K2), the columns (L1).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "placement.ability_weight",
        "correlation",
        0.85,
        0.0,
        1.0,
        Prior("uniform", 0.7, 0.95),
        "assumption: test and advice correlate strongly",
        "weight of ability in the track advice",
        "K2",
    ),
    Parameter(
        "placement.advice_non_western",
        "standard deviations",
        -0.35,
        -2.0,
        0.5,
        Prior("normal", -0.35, 0.15),
        "assumption: lower advice and attainment of pupils with a non-western background",
        "shift of the advice of pupils with a non-western background",
        "K2",
    ),
)

INDICATORS = (
    Indicator(
        "pupils_placed",
        "pupils placed in a track of secondary education",
        "persons",
        "K2",
        "school_year",
        ("track", "sex", "background"),
        "flow",
    ),
)
