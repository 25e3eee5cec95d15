"""L4 (first form), apprenticeship places: employers offer them by their hiring prospects; bbl students get a job with
them.

Claim: places are cyclical: many in tight markets, few in a slump, which later is missed as graduates (hysteresis, W3).

Equations, in August, occupation group g, sector s, region r:

    offered_sgr = q_g N_sgr o_g^h           N staff at mbo levels; q_g apprentices per such worker when the run begins,
                                            times 1 + spare
    free_gr     = max(offered_gr - apprentices in place_gr, 0)
    o_g         = smoothed vacancy rate of the group / that at the start

Apprentices in place leave out those who have just got their diploma. In September intake takes from ``places_free``;
after it, each bbl student without a job is hired in the group of the programme, at its level, at home, in a sector
drawn by the group's staff at mbo levels in the region. Who works already keeps a job in that group at that level or
above; in the group but below the level, the employer gives a place at the level; in another group, the job is left
(reason job_change). Such hires fill no vacancy: a place is not a vacancy.

=======  ================================  ==========
symbol   code                              unit
=======  ================================  ==========
h        ``apprentices.elasticity``        elasticity
o_g      ``apprentices.outlook_months``    months
spare    ``apprentices.spare``             share
=======  ================================  ==========

Sources: SEO and Technopolis (2020) 2.2.6; bbl students 167,000 (2009) to 95,700 (2015) (figures mbo_students). Left
out: cost of a place, subsidy, firm size, partnerships, places for bol internships (L4 in full, later). Read by:
intake (L1).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "apprentices.elasticity",
        "elasticity",
        0.5,
        0.0,
        3.0,
        Prior("uniform", 0.2, 1.0),
        "assumption: bbl students fell by 43 % while vacancies fell by 60 % (figures mbo_students, vacancies_all)",
        "change of places offered by a change of the vacancy rate",
        "L4",
    ),
    Parameter(
        "apprentices.outlook_months",
        "months",
        42.0,
        1.0,
        240.0,
        Prior("uniform", 18.0, 60.0),
        "assumption: bbl students fell from 2011, three years after vacancies did (figures mbo_students)",
        "months over which employers who train look back at vacancies",
        "L4",
    ),
    Parameter(
        "apprentices.spare",
        "share",
        0.1,
        0.0,
        1.0,
        Prior("uniform", 0.0, 0.2),
        "assumption: places and students do not meet everywhere",
        "places offered beyond apprentices in place at the start",
        "L4",
    ),
)

INDICATORS = (
    Indicator(
        "apprenticeship_places",
        "apprenticeship places offered in August, and apprentices in September",
        "places",
        "L4",
        "school_year",
        ("sector", "region", "place"),
        "stock",
    ),
)
"""``apprenticeship_places`` has ``place`` offered, filled."""
