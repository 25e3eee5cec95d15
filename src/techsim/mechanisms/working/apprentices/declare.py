"""L4 (first form), apprenticeship places: employers offer them by their hiring prospects; bbl students get a job with
them.

Claim: places are cyclical: many in tight markets, few in a slump, which later is missed as graduates (hysteresis, W3).

Equations, in August, occupation group g, sector s, region r:

    offered_sgr = q_g N_sgr o_g^h           N staff at mbo levels; q_g apprentices per such worker when the run begins,
                                            times 1 + spare
    free_gr     = max(offered_gr - apprentices in place_gr, 0)
    o_g         = smoothed vacancy rate of the group / that at the start

Apprentices in place leave out those who have just got their diploma. In September intake takes from ``places_free``;
after it, each bbl student without a job is hired in the group of the programme, at home, by an employer drawn by the
group's staff at mbo levels in the region, in a job at the level of the programme or one below (table
``apprentice_levels``: one learns beside the work of the level below). Who works already keeps a job in that group at
that level or above; in the group but below it, the employer gives a place; in another group, the job is left (reason
job_change). Such hires fill no vacancy: a place is not a vacancy.

Who worked already keeps that job when the training ends; whoever was hired to learn wants to stay with chance s, and
is offered to with chance

    o_eg = 1 / (1 + exp(-(a + b (D_eg - N_eg) / N_eg)))      shortage of staff of the type of employer in the group

Who stays does so in the job, or in a vacancy of that employer at the own level if there is one: own apprentices come
first, before the market. So retention, about 80 % (figures bbl_retention), and underuse among those retained are
outcomes; they fall and rise with the cycle.

=======  ================================  ==========
symbol   code                              unit
=======  ================================  ==========
h        ``apprentices.elasticity``        elasticity
o_g      ``apprentices.outlook_months``    months
spare    ``apprentices.spare``             share
s        ``apprentices.stays``             chance
a, b     ``apprentices.offer``, ``offer_shortage``  log odds, per unit of shortage
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
    Parameter(
        "apprentices.stays",
        "chance",
        0.92,
        0.0,
        1.0,
        Prior("uniform", 0.82, 0.98),
        "assumption: above the 80 to 82 % who stay (figures bbl_retention): not every employer can keep them",
        "chance that an apprentice who leaves education wants to stay with the employer",
        "L4",
    ),
    Parameter(
        "apprentices.offer",
        "log odds",
        -1.2,
        -10.0,
        10.0,
        Prior("normal", -1.2, 0.5),
        "assumption: so that 75 to 85 % stay but in slumps (figures bbl_retention, 0.80 to 0.82)",
        "log odds that an employer with all the staff that it wants offers to keep an apprentice",
        "L4",
    ),
    Parameter(
        "apprentices.offer_shortage",
        "log odds per unit of shortage",
        103.0,
        0.0,
        500.0,
        Prior("uniform", 60.0, 150.0),
        "assumption: so that leakage of mbo rises from 2012 to 2014 as in figures leakage",
        "how much an employer's shortage of staff raises the odds of an offer",
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
    Indicator(
        "apprentices_finished",
        "apprentices who left education, by whether they stayed with the employer",
        "persons",
        "L4",
        "school_year",
        ("occupation", "stayed"),
        "flow",
    ),
)
"""``apprenticeship_places`` has ``place`` offered, filled."""
