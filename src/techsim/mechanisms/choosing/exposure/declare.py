"""K1: early exposure to science and technology (W&T) in primary school shifts affinity for technology.

Claim: pupils who meet W&T in primary school stereotype it less and are drawn to it more, those with low priors most
(girls, pupils with a migration background); the size of the effect is uncertain.

Equation, for a pupil i of region r in August of the school year in which i is ten on 1 October; u_i is drawn once in a
life, so that whom one share of schools reaches, a larger share reaches too:

    e_i = 1[u_i < w_r(y)]
    a_i <- a_i + e_i (1 + mu s_i) (1 + kappa (W_r(y) - W(0)))
                 x (delta + delta_f 1[girl] + delta_m 1[migration background])

Teachers who learned W&T at their pabo teach it better; a pabo changes new teachers only, so their share follows late:

    W_r(y) = W_r(y-1) + rho (c_r(y) - W_r(y-1)),    W(0) = c(0)

Schools with support for it, hours, materials and coaches beyond today's, expose more. They are among those that offer
it (h_r <= w_r), and whom they teach is kept (``Schools.reached``), so that one can see what those would have chosen
without (deadweight):

    s_i = 1[u_i < h_r]

=========  ==========================================  =============================
symbol     code                                        unit
=========  ==========================================  =============================
w_r(y)     hook ``exposure.wt_schools``                share of primary schools
a_i        ``People.affinity``                         standard deviations
h_r        hook ``exposure.support``                   share of primary schools
mu         ``exposure.intensity``                      ratio
c_r(y)     hook ``exposure.pabo``                      share of pabo's
W_r(y)     ``Schools.wt_teachers``                     share of primary teachers
rho        ``exposure.teacher_renewal``                share a year
kappa      ``exposure.teacher_weight``                 ratio per unit share
delta      ``exposure.wt_effect``                      standard deviations
delta_f    ``exposure.wt_effect_girls``                standard deviations
delta_m    ``exposure.wt_effect_migration``            standard deviations
=========  ==========================================  =============================

Sources: SEO and Technopolis (2020), 2.1.6 (shares of schools) and 4.1.1 (mechanism); no effect size is measured. Shares
of pabo's with W&T firmly in the curriculum: figures wt_pabo. Left out: that teachers move between regions. Read by:
profile choice (K2), field choice (K3).
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
    Parameter(
        "exposure.teacher_renewal",
        "share a year",
        0.04,
        0.0,
        1.0,
        Prior("uniform", 0.02, 0.07),
        "assumption: careers of some 25 years in primary school",
        "share of primary teachers whom new ones from pabo replace in a year",
        "K1",
    ),
    Parameter(
        "exposure.teacher_weight",
        "ratio per unit share",
        0.5,
        0.0,
        3.0,
        Prior("uniform", 0.0, 1.0),
        "assumption: teachers who learned it teach it better; no size measured",
        "what more exposure does where all teachers learned W&T at their pabo, against where none did",
        "K1",
    ),
    Parameter(
        "exposure.intensity",
        "ratio",
        0.5,
        0.0,
        4.0,
        Prior("uniform", 0.0, 1.0),
        "assumption: half as many hours again; no impact measured (seed 4.1.1)",
        "how much more W&T does to a pupil in a school with support for it, relative to today's",
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
