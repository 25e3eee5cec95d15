"""L4, apprentices: who gets the places that employers offer (working/places), and who stays when the training ends.

Claim: a bbl student has a job with an employer who trains; about 80 % stay with him, fewer in a slump.

Equations. In September intake takes from ``places_free``; after it, each bbl student without a job is hired in the
group of the programme, at home, by a type of employer drawn by the places offered in the group and region, in a job at
the level of the programme or one below (table ``apprentice_levels``: one learns beside the work of the level below).
Who works already keeps a job in that group at that level or above; in the group but below it, the employer gives a
place; in another group, the job is left (reason job_change). Such hires fill no vacancy: a place is not a vacancy.

Who worked already keeps that job when the training ends; whoever was hired to learn wants to stay with chance s, and
is offered to with chance

    o_eg = 1 / (1 + exp(-(a + b s_eg)))
    s' = s + ((D_eg - N_eg) / N_eg - s) / M                  shortage of staff of the type of employer in the group, as
                                                             plans follow it

Who stays does so in the job, or in a vacancy of that employer at the own level if there is one: own apprentices come
first, before the market. So retention, about 80 % (figures bbl_retention), and underuse among those retained are
outcomes; they fall and rise with the cycle.

=======  ==============================================  ==================================
symbol   code                                            unit
=======  ==============================================  ==================================
s        ``apprentices.stays``                           chance
a, b     ``apprentices.offer``, ``offer_shortage``       log odds, per unit of shortage
M        ``apprentices.plan_months``                     months
=======  ==============================================  ==================================

Sources: SEO and Technopolis (2020) 2.2.6. Left out: apprentices who change employers during the training. Read by:
intake (L1), placement (W2).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
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
        -2.7,
        -10.0,
        10.0,
        Prior("normal", -2.7, 0.5),
        "assumption: so that 75 to 85 % stay but in slumps (figures bbl_retention, 0.80 to 0.82)",
        "log odds that an employer with all the staff that it wants offers to keep an apprentice",
        "L4",
    ),
    Parameter(
        "apprentices.plan_months",
        "months",
        36.0,
        1.0,
        60.0,
        Prior("uniform", 12.0, 48.0),
        "assumption: who may stay is planned and budgeted for years ahead; set with leakage after 2012 in view",
        "months over which employers see their shortage of staff when they plan whom to keep",
        "L4",
    ),
    Parameter(
        "apprentices.offer_shortage",
        "log odds per unit of shortage",
        150.0,
        0.0,
        500.0,
        Prior("uniform", 90.0, 190.0),
        "assumption: so that leakage of mbo rises from 2012 to 2014 as in figures leakage",
        "how much an employer's shortage of staff raises the odds of an offer",
        "L4",
    ),
)

INDICATORS = (
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
