"""L7, international students: who comes from abroad to study, studies here like everybody else, and stays or leaves.

Claim: talent from abroad is won twice, when it comes to study and when it stays to work; graduates of technical fields
stay almost twice as often as others, more of them where their field is short of people.

Equations, for column c (hbo, wo bachelor, wo master), kind of field k, field f, region r, in September of year y:

    offered  O_kr = b_kr x share of region r in the usual entrants U_kr     U as the table has them
    chance   q_kr = min(1, O / U)
    wanting  W_cfsbr = table x (1 - q a / c)^-eta                           s sex, b background
    places   P_ckr = (1 + x) x needed of the table
    entrants N = W [1 - e_c (1 - min(1, g_kr P_ckr / (e_c W_ckr)))]         W_ckr, N_kr sums over the rest
    paid     min(O_kr, N_kr), each of whom gets a: whoever would have come anyhow too
    newcomers of a cell = floor((A + N)/S + u) - floor(A/S + u),  A <- A + N

with A all who came before, S residents per simulated person and u spread evenly over [0, 1), as for immigrants (D1).
Applicants abroad know how many got a scholarship among those who usually come, and set its expected value against the
costs of the first year. Who needs a programme taught in English and finds no place stays away; there are more places
than entrants of the record needed, so that they bind where levers cut them or the outlook or scholarships draw more.
The stay rates s, and so the ratio of 1.9 of technical to other graduates, are inputs (table international_stay), not
findings of the model; what it finds is how they shift with tightness, drop-out and levers.

They come with the diploma that their column asks for, stand beside the choosers of September, compete for technical
places by the same rule (L2), and go through programmes by the same kernels (L1). Where they are turned away, or have
left education with or without a diploma, they decide in the month after it:

    logit P(stays) = logit s_ck + tau (ln theta_g - ln theta_g0) + h_r + (ln d without a diploma of the column)

theta_g vacancies per unemployed person of the field's occupation group, mean of regions, against the first months of
the run; h levers. Who stays is a resident like others from then on, and may emigrate later as they do (D1). Who leaves
is gone within m months. While they study they don't emigrate.

Migration as a whole is that of D1's tables, which count these students: entrants of the table, spread over the months
of their year and with their ages, are taken out of the other immigrants, and the chances of others of their age
to emigrate fall by the leavers that the tables expect (``data/international.py``). What levers and the labour market
change comes on top of it. After 2024 entrants follow ``demography.immigration_outlook``.

=========  ======================================  =============================
symbol     code                                    unit
=========  ======================================  =============================
N          table ``international_entrants``        persons a year
needed     table ``international_places``          places a year
x          ``international.spare_places``          share
e          table ``international_columns``         share of entrants
eta        ``international.price_elasticity``      elasticity
c          ``international.first_year_cost``       euro
s          table ``international_stay``            chance
tau        ``international.tightness``             log odds per log ratio
d          ``international.dropout_stay``          odds ratio
m          ``international.leaving_months``        months
b          hooks ``international.scholarships_*``  people a year
a          hook ``international.scholarship_amount``  euro
g          hooks ``international.english_*``       today's = 1
h          ``international.retention`` x hook      log odds
           ``international.stay``
=========  ======================================  =============================

At the start students of foreign background are taken for international ones, as many as table ``international_columns``
has, by column, kind and background. Their affinity, if they come for technology, is above the mean, and their ability
(each the absolute value of a standard normal draw): an assumption.

Sources: SEO and Technopolis (2020) 2.2.5 (figures stay_rate_ratio); public figures P1349-P1374 (Nuffic, DUO, CBS).
Left out: exchange students, Dutch students abroad, countries of origin, fees, housing, permits (search year), language;
return of stayers when their field is in a slump. Read by: intake (L1), teachers and places (L2), D1.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "international.price_elasticity",
        "elasticity",
        0.5,
        0.0,
        5.0,
        Prior("uniform", 0.1, 1.2),
        "assumption: studies of fees and the mobility of students find some tenths (from memory, verify)",
        "percent more applicants from abroad for one percent lower expected costs of the first year",
        "L7",
    ),
    Parameter(
        "international.first_year_cost",
        "euro",
        18_000.0,
        1_000.0,
        100_000.0,
        Prior("uniform", 14_000.0, 25_000.0),
        "assumption: 12,000 of living and a fee of 2,500 (EU) to 15,000 (others), mostly EU (from memory, verify)",
        "what a first year of study here costs who comes from abroad",
        "L7",
    ),
    Parameter(
        "international.tightness",
        "log odds per log ratio",
        0.3,
        0.0,
        3.0,
        Prior("uniform", 0.0, 0.8),
        "assumption: a slump costs a few points; public figures P1349, P1350: 29 % of the cohort of 2006 stayed five "
        "years, 22 % of that of 2012",
        "how far vacancies per unemployed person of their field make international graduates stay",
        "L7",
    ),
    Parameter(
        "international.dropout_stay",
        "odds ratio",
        0.5,
        0.0,
        5.0,
        Prior("uniform", 0.1, 1.0),
        "assumption: who came to study and did not finish stays less often",
        "odds to stay of international students without a diploma against graduates",
        "L7",
    ),
    Parameter(
        "international.retention",
        "log odds",
        0.4,
        0.0,
        3.0,
        Prior("uniform", 0.0, 1.0),
        "assumption: of those reached 36 % stay in place of 27 %; no effect of such programmes is measured",
        "what orientation on work, language and career does to the odds that an international graduate stays",
        "L7",
    ),
    Parameter(
        "international.usual_odds",
        "odds ratio",
        0.7,
        0.05,
        5.0,
        Prior("uniform", 0.5, 1.0),
        "assumption: what international.tightness makes of 2009-2018; table international_stay stands for the boom",
        "odds to stay of a usual year against the first months, by which leavers are taken out of D1's emigrants",
        "L7",
    ),
    Parameter(
        "international.spare_places",
        "share",
        0.25,
        0.0,
        5.0,
        Prior("uniform", 0.05, 0.6),
        "assumption: no count of such places at hand; few programmes in English turned people away before 2024 (from "
        "memory)",
        "first-year places taught in English beyond those that students from abroad needed",
        "L7",
    ),
    Parameter(
        "international.leaving_months",
        "months",
        4.0,
        1.0,
        24.0,
        Prior("uniform", 1.0, 12.0),
        "assumption: most leave in the months after their studies",
        "months over which those who decided to leave go",
        "L7",
    ),
)

INDICATORS = (
    Indicator(
        "international_students",
        "students who came from abroad to study, on 1 October",
        "persons",
        "L7",
        "school_year",
        ("level", "technical", "region"),
        "stock",
    ),
    Indicator(
        "international_stay",
        "international graduates who decided to stay or to leave",
        "persons",
        "L7",
        "school_year",
        ("level", "technical", "stayed"),
        "flow",
    ),
)
