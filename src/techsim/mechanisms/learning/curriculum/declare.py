"""L6, currency of what is taught: technology moves on, and what schools teach follows it with a lag.

Claim: technology renews what a technician has to know faster than schools renew curricula, equipment and what teachers
know, so that graduates' skills lag behind; investment in equipment, partnerships with firms and teachers who also work
in them shorten the lag. It is an outcome: of how fast the frontier moves and how fast schools follow.

Equations, each month: field f, level l, region r; frontier F and vintage V in log units of content

    frontier   F_f'   = F_f + s delta_f / 12
    vintage    V_flr' = V_flr + (rho_lr / 12) (F_f' - V_flr)               a share of what is behind is renewed
    renewal    rho_lr = rho_0 (1 + i_r)^e + k (h_0 + h_lr) + g R_lr
    currency   c_flr  = exp(-(F_f - V_flr))                                within (0, 1]; lag (F - V) / (s delta) years
    at graduation       c_flr x q_flr                                      q quality of teaching (L2)

i is investment in equipment beyond the usual (hook ``curriculum.equipment``), h the share of teaching by people who
also work in firms beyond the base h_0 (hybrid teachers, L3), R reach of partnerships (L5). When the run
begins, the lag is at rest at s = 1, V = F - delta (1 / rho - 1 / 12), with rho such that the mean currency over
technical students is ``currency.at_graduation``; rho_0 is what then is left for it.

=======  =================================  ==========================================
symbol   code                               unit
=======  =================================  ==========================================
delta    table ``technology_renewal``       log of content a year
s        ``curriculum.frontier_speed``      speed of the table = 1
e        ``curriculum.equipment_elasticity``  elasticity
k        ``curriculum.contact``             share of the lag a year per share of teaching
h_0      ``curriculum.contact_base``        share of teaching
g        ``curriculum.partnership``         share of the lag a year per share of students
=======  =================================  ==========================================

Sources: SEO and Technopolis (2020) 4.1.2, 2.2.3; Deming and Noray (2020) on how fast skills asked for change. Left out:
a lag of vmbo's own (who leaves with its diploma was taught as in mbo-1); content that goes out of use; equipment as a
stock that wears out. Read by: skill currency of those who leave technical education (W4), and so fit in matching (W2).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "curriculum.frontier_speed", "speed of the table = 1", 1.0, 0.0, 10.0, Prior("lognormal", 1.0, 0.4),
        "assumption: as in table technology_renewal", "how fast technology renews what technicians have to know", "L6",
    ),
    Parameter(
        "curriculum.equipment_elasticity", "elasticity", 0.4, 0.0, 1.0, Prior("uniform", 0.1, 0.8),
        "assumption: twice the investment renews a third faster: teachers and curricula must follow",
        "change of what equipment and curricula renew by a change of investment", "L6",
    ),
    Parameter(
        "curriculum.contact", "share of the lag a year per share of teaching", 0.5, 0.0, 5.0,
        Prior("uniform", 0.1, 1.5),
        "assumption: who also works in a firm teaches what is used there",
        "how much teachers who also work in firms renew", "L6",
    ),
    Parameter(
        "curriculum.contact_base", "share of teaching", 0.05, 0.0, 1.0, Prior("uniform", 0.0, 0.15),
        "assumption: few teachers also work in firms", "teaching by people who also work in firms, at all times", "L6",
    ),
    Parameter(
        "curriculum.partnership", "share of the lag a year per share of students", 0.5, 0.0, 5.0,
        Prior("uniform", 0.1, 1.5),
        "assumption: students whom a partnership reaches are taught with firms' equipment and people",
        "how much partnerships renew, per share of students reached", "L6",
    ),
)  # fmt: skip

INDICATORS = (
    Indicator(
        "taught_currency", "currency of what technical education teaches, in July", "share of the frontier", "L6",
        "school_year", ("field", "level", "region"), "share",
    ),
    Indicator(
        "teaching_lag", "years by which what technical education teaches is behind, in July", "years", "L6",
        "school_year", ("field", "level", "region"), "share",
    ),
)  # fmt: skip
"""Fields that are not technical have none."""
