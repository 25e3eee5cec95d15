"""K1: early exposure to science and technology (W&T) in primary school shifts affinity for technology.

Claim: pupils who meet W&T in primary school stereotype it less and are drawn to it more, those with low priors most
(girls, pupils with a migration background); the size of the effect is uncertain.

Equation, for a pupil i of region r in August of the school year in which i is ten on 1 October; u_i is drawn once in a
life, so that whom one share of schools reaches, a larger share reaches too:

    e_i = 1[u_i < w_r(y)]
    a_i <- a_i + e_i (delta + delta_f 1[girl] + delta_m 1[migration background])

=========  ==========================================  =============================
symbol     code                                        unit
=========  ==========================================  =============================
w_r(y)     hook ``exposure.wt_schools``                share of primary schools
a_i        ``People.affinity``                         standard deviations
delta      ``exposure.wt_effect``                      standard deviations
delta_f    ``exposure.wt_effect_girls``                standard deviations
delta_m    ``exposure.wt_effect_migration``            standard deviations
=========  ==========================================  =============================

Sources: SEO and Technopolis (2020), 2.1.6 (shares of schools) and 4.1.1 (mechanism); no effect size is measured.
Left out: what pabo training adds to the quality of exposure. Read by: profile choice (K2), field choice (K3).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "exposure.wt_effect",
        "standard deviations",
        0.08,
        0.0,
        1.0,
        Prior("uniform", 0.0, 0.25),
        "assumption: direction from seed 4.1.1, no size measured",
        "shift of technical affinity by a primary school that offers science and technology",
        "K1",
    ),
    Parameter(
        "exposure.wt_effect_girls",
        "standard deviations",
        0.05,
        0.0,
        1.0,
        Prior("uniform", 0.0, 0.2),
        "assumption: more for groups with low priors (K1)",
        "extra shift of girls",
        "K1",
    ),
    Parameter(
        "exposure.wt_effect_migration",
        "standard deviations",
        0.05,
        0.0,
        1.0,
        Prior("uniform", 0.0, 0.2),
        "assumption: more for groups with low priors (K1)",
        "extra shift of pupils with a migration background",
        "K1",
    ),
)

INDICATORS = (
    Indicator(
        "wt_exposed",
        "pupils of ten at a primary school that offers science and technology",
        "persons",
        "K1",
        "school_year",
        ("sex", "region"),
        "flow",
    ),
)
