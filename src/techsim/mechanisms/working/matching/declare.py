"""W2, matching: job seekers apply for vacancies, employers rank them; leakage and underuse are what comes out.

Claim: graduates and workers look for jobs in their own or another occupation, at, below or above their level, near
home or further off; employers take the best of those who apply, and refuse the clearly unqualified. In a slump the
queue is long: those without experience, of another field or out of practice are not taken, wait, look elsewhere and
step down; in a boom they need not.

Algorithm, ``ROUNDS`` times a month. Meeting is urn-ball (Butters 1977; Pissarides 1979; Petrongolo and Pissarides
2001): applications are thrown at single vacancies, some get many and some none, and that is the friction. Choosing is
job competition (Thurow 1975): employers rank by how much training someone needs. Seekers direct their search by where
it succeeds (Moen 1997). It is no stable matching: nobody sees all vacancies, and a round ends with one answer.

1. Seekers are the unemployed and those workers who search: chance o m_T m_q exp(theta x), more with tenure below T and
   in a job below their level or outside their field. bbl students do not search.
2. Each seeker applies with chance lambda, to one vacancy, each vacancy of (group g, level l, region r) having weight

       exp(b fit_fg + a 1[g = last group] - b_w 1[woman, technical g] + eta log v_gl)
       x (success_g / mean)^delta x exp(-d_k (H_e - H_l)+ - d_up (H_l - H_e)+) x commuting_hr / jobs_r

       v pay for given skill (wages); that of a technical group has 1 + s_r beyond the market's (hook ``pay.technical``)

       b = z_k b_f k_e (w + (1 - w) exp(-years since school / tau)), times p for technical fields
       a = z_k b_a (1 - exp(-years since school / tau_a))

   where e is the level of education, H the height of a level (table ``level_ladder``), k how long unemployed (d_k and
   z_k fall with it), h home, success_g the share of answered applications of late that got the job; fit of technical
   fields for technical work as skill currency has it (currency). Workers go on only where the quality of the match,
   Q = b fit - d_0 (H_e - H_l)+ + eta log v_gl + a 1[g = last group], is not below their present one less a draw of
   size ``matching.move_noise``.
   Employers refuse whose level is short by more than ``matching.max_shortfall`` or, at mbo4 and above, whose fit is
   below ``matching.min_fit``, unless experienced (last job in the group at that level or above): seekers know, and
   these jobs have no weight for them.
   Of the unemployed, hook ``matching.skills`` says for how many skills are shown beside the diploma: drawn once a
   spell, they have fit_fg >= v_f in every group, for themselves and for employers, and v_a times the hold a.
3. A vacancy comes to a decision in a round with share phi, evenly spread; who would choose another hears nothing. The
   choice is an exponential race of groups, then places, then vacancies. Own apprentices came first, before the market.
4. Of those who applied for the same vacancy the best gets it, ties by id,

       score = g_f fit + g_e 1[experienced in g] - g_s (H_l - H_e)+ + g_o (H_e - H_l)+ - g_u log(1 + months idle)
               + sigma z + g_t T                                T transferable skill (W4)

   with a temporary contract in a share of cases.

Invariants: a vacancy is filled once; a person gets one job; the outcome does not depend on the order in which people
are stored. As a simulated vacancy and a simulated seeker stand for as many real ones, hires per vacancy do not depend
on the scale (a test says so).

===============  ===================================================  =======================
symbol           code                                                 unit
===============  ===================================================  =======================
o                ``matching.search``                                  chance a month
m_T, m_q         ``matching.search_short``, ``search_mismatch``       ratio
T                ``matching.short_tenure``                            months
theta            ``matching.search_cyclical``                         log per unit pressure
lambda           ``matching.interview``                               chance a round
phi              ``matching.decision``                                share of vacancies a round
b_f, b_a         ``matching.field_pull``, ``matching.attachment``     utility
p                ``matching.technical_pull``                          ratio
k_e              table ``level_ladder``, specificity                  ratio
w, tau, tau_a    ``field_pull_floor``, ``field_pull_years``,          ratio, years, years
                 ``attachment_years``
z_k              ``matching.field_relief``                            ratio
b_w              ``matching.women_technical``                         utility
eta              ``matching.wage_pull``                               utility per log wage
v_f, v_a         ``matching.shown_fit``, ``shown_attachment``         fit, ratio
delta            ``matching.directed``, ``directed_months``           elasticity, months
-                ``matching.first_jobs``                          share
d_k              ``matching.step_down``, ``step_down_relief``         utility per unit height
d_up             ``matching.step_up``                                 utility per unit height
g_.              ``matching.rank_*``                                  score
===============  ===================================================  =======================

Sources: leakage and underuse 2008-2015 (figures), hires and vacancies (public_figures P0769 ff.), job changes (P1091
ff.). Left out: reservation wages and bargaining, networks, bbl students (apprentices). Read by: placement, all of
working. Its matching function and Beveridge curve stand in docs/labour_market.md.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

_RANK = "assumption: employers prefer those who need least training (job competition, Thurow 1975)"
_LEAK = "assumption: so that leakage and underuse of technical leavers are near 2008-2015 (figures leakage, underuse)"

ROUNDS = 2
"""Rounds of applications in a month."""
DEPTHS = (6, 12)
"""Months of unemployment at which the willingness to step down changes."""

PARAMETERS = (
    Parameter(
        "matching.search",
        "chance a month",
        0.030,
        0.0,
        0.5,
        Prior("lognormal", 0.030, 0.3),
        "assumption: so that 6 to 13 % of workers change jobs in a year (public_figures P1093-P1096)",
        "chance that a worker in a fitting job of long tenure searches",
        "W2",
    ),
    Parameter(
        "matching.search_short",
        "ratio",
        2.2,
        0.0,
        10.0,
        Prior("uniform", 1.5, 3.0),
        "public_figures P1098 f. (8.5 against 2.8 % change employer a quarter), less contracts that end",
        "search of workers of short tenure, relative to others",
        "W2",
    ),
    Parameter(
        "matching.short_tenure",
        "months",
        24.0,
        1.0,
        120.0,
        Prior("uniform", 18.0, 36.0),
        "CBS tenure classes (public_figures P1098)",
        "tenure below which a job is short",
        "W2",
    ),
    Parameter(
        "matching.search_mismatch",
        "ratio",
        2.0,
        0.0,
        10.0,
        Prior("uniform", 1.0, 3.0),
        "assumption: who works below level or outside the field looks further",
        "search of workers below their level or outside own and related fields, relative to others",
        "W2",
    ),
    Parameter(
        "matching.search_cyclical",
        "log per unit pressure",
        4.0,
        0.0,
        60.0,
        Prior("uniform", 0.0, 10.0),
        "assumption: mobility rises in a boom (seed 4.1.3)",
        "how much search rises with the pressure on employers",
        "W2",
    ),
    Parameter(
        "matching.interview",
        "chance a round",
        0.53,
        0.0,
        1.0,
        Prior("lognormal", 0.53, 0.2),
        "assumption: so that unemployment and vacancies of 2008 and 2018 go together (figures unemployment)",
        "chance that a seeker applies in a round",
        "W2",
    ),
    Parameter(
        "matching.decision",
        "share a round",
        0.255,
        0.0,
        1.0,
        Prior("uniform", 0.15, 0.4),
        "assumption: open for 2.1 months in 2009 and 2.7 in 2008 (open over new vacancies, public_figures P0773-P0794)",
        "share of open vacancies that come to a decision in a round",
        "W2",
    ),
    Parameter(
        "matching.wage_pull",
        "utility per log wage",
        3.0,
        0.0,
        20.0,
        Prior("uniform", 1.0, 6.0),
        "assumption: elasticity of applications to pay of 2 to 4, as studies of job boards find (from memory; verify)",
        "how much pay draws applications, and holds workers",
        "W2",
    ),
    Parameter(
        "matching.temporary",
        "share of new jobs",
        0.7,
        0.0,
        1.0,
        Prior("uniform", 0.5, 0.9),
        "assumption: most jobs begin with a contract for a time",
        "share of new jobs that begin with a temporary contract",
        "W2",
    ),
    Parameter(
        "matching.field_pull",
        "utility",
        3.4,
        0.0,
        20.0,
        Prior("normal", 3.4, 0.5),
        _LEAK,
        "how much a fitting field draws applications",
        "W2",
    ),
    Parameter(
        "matching.technical_pull",
        "ratio",
        1.0,
        0.0,
        10.0,
        Prior("uniform", 0.8, 1.25),
        "assumption: technical fields hold their people as others do; no size given",
        "pull of the own field on those of technical fields, against that on others",
        "W2",
    ),
    Parameter(
        "matching.field_pull_floor",
        "ratio",
        0.3,
        0.0,
        1.0,
        Prior("uniform", 0.1, 0.6),
        "assumption: half of the technically educated work in technical occupations (P0731), of leavers four in five",
        "what remains of the pull of the field long after school, when experience counts",
        "W2",
    ),
    Parameter(
        "matching.field_pull_years",
        "years",
        6.0,
        0.5,
        60.0,
        Prior("lognormal", 6.0, 0.4),
        "assumption: experience replaces what was learned at school within some years",
        "years over which the pull of the field fades",
        "W2",
    ),
    Parameter(
        "matching.attachment",
        "utility",
        1.6,
        0.0,
        20.0,
        Prior("normal", 1.6, 0.4),
        "assumption: 650,000 of 937,000 job changers change occupation at four digits (P1091 f.), fewer between groups",
        "how much the group of the last job draws applications",
        "W2",
    ),
    Parameter(
        "matching.attachment_years",
        "years",
        2.0,
        0.1,
        60.0,
        Prior("lognormal", 2.0, 0.5),
        "assumption: who has worked in a group for some years is known and at home there",
        "years since school over which the hold of the last occupation group builds up",
        "W2",
    ),
    Parameter(
        "matching.field_relief",
        "ratio",
        0.35,
        0.0,
        1.0,
        Prior("uniform", 0.2, 0.8),
        "assumption: who finds nothing for months looks in other fields; so that leakage rises in a slump (W2, W3)",
        "pull of field and last group, per class of unemployment duration",
        "W2",
    ),
    Parameter(
        "matching.directed",
        "elasticity",
        1.0,
        0.0,
        5.0,
        Prior("uniform", 0.0, 2.0),
        "assumption: seekers know where applications succeed and weigh jobs by it (directed search, Moen 1997)",
        "how much the chances of a group draw applications: where the queue is long, fewer join it",
        "W2",
    ),
    Parameter(
        "matching.directed_months",
        "months",
        4.0,
        1.0,
        60.0,
        Prior("uniform", 2.0, 12.0),
        "assumption: what seekers have heard in the last months",
        "months over which the chances of a group are seen",
        "W2",
    ),
    Parameter(
        "matching.women_technical",
        "utility",
        0.9,
        -5.0,
        5.0,
        Prior("normal", 0.9, 0.3),
        "public_figures P0736 f.: 20 % of technically educated women against 50 % of men work in technical occupations",
        "how much less technical groups draw applications of women",
        "W2",
    ),
    Parameter(
        "matching.step_down",
        "utility per unit height",
        1.0,
        0.0,
        10.0,
        Prior("normal", 1.0, 0.2),
        _LEAK,
        "how much jobs below the level of education are disliked",
        "W2",
    ),
    Parameter(
        "matching.step_down_relief",
        "ratio",
        0.75,
        0.0,
        1.0,
        Prior("uniform", 0.5, 1.0),
        "assumption: the long unemployed step down more easily",
        "dislike of lower jobs, per class of unemployment duration",
        "W2",
    ),
    Parameter(
        "matching.first_jobs",
        "share",
        0.71,
        0.0,
        1.0,
        Prior("uniform", 0.5, 1.0),
        "assumption: so that leakage and underuse of 2008 are those of the figures; the rest goes to others who search",
        "vacancies of the last quarter of 2007 that stood open to last summer's school leavers",
        "W2",
    ),
    Parameter(
        "matching.step_up",
        "utility per unit height",
        1.1,
        0.0,
        10.0,
        Prior("normal", 1.1, 0.3),
        _LEAK,
        "how much jobs above the level of education are shunned",
        "W2",
    ),
    Parameter(
        "matching.move_noise",
        "utility",
        1.0,
        0.0,
        20.0,
        Prior("uniform", 0.3, 2.0),
        "assumption: workers move for much else than field and level",
        "how much quality of match workers give up for other reasons",
        "W2",
    ),
    Parameter(
        "matching.max_shortfall",
        "height",
        2.6,
        0.0,
        100.0,
        Prior("uniform", 1.5, 3.5),
        _RANK,
        "shortfall of education that employers accept without experience",
        "W2",
    ),
    Parameter(
        "matching.min_fit",
        "fit",
        0.14,
        0.0,
        1.0,
        Prior("uniform", 0.0, 0.3),
        _RANK,
        "fit of field below which employers refuse at mbo4 and above without experience",
        "W2",
    ),
    Parameter(
        "matching.shown_fit",
        "fit",
        0.25,
        0.0,
        1.0,
        Prior("uniform", 0.1, 0.5),
        "assumption: part of what a job asks is transferable; no impact of skills-based matching measured",
        "fit for any group of those whose skills are shown, at least",
        "W2",
    ),
    Parameter(
        "matching.shown_attachment",
        "ratio",
        0.6,
        0.0,
        1.0,
        Prior("uniform", 0.3, 1.0),
        "assumption: who sees where the skills fit looks beyond the last group; no impact measured",
        "hold of the last group on those whose skills are shown",
        "W2",
    ),
    Parameter(
        "matching.rank_fit", "score", 1.5, 0.0, 20.0, Prior("normal", 1.5, 0.5), _RANK, "weight of fit in ranking", "W2"
    ),
    Parameter(
        "matching.rank_experience",
        "score",
        1.4,
        0.0,
        20.0,
        Prior("normal", 1.4, 0.4),
        _RANK,
        "weight of experience in the group in ranking",
        "W2",
    ),
    Parameter(
        "matching.rank_shortfall",
        "score per unit height",
        0.6,
        0.0,
        20.0,
        Prior("normal", 0.6, 0.2),
        _RANK,
        "weight of lacking education in ranking",
        "W2",
    ),
    Parameter(
        "matching.rank_surplus",
        "score per unit height",
        0.2,
        -5.0,
        20.0,
        Prior("normal", 0.2, 0.1),
        _RANK,
        "weight of education above the job in ranking: crowding out from above",
        "W2",
    ),
    Parameter(
        "matching.rank_duration",
        "score per log month",
        0.25,
        0.0,
        20.0,
        Prior("uniform", 0.0, 0.5),
        "assumption: long unemployment is a signal to employers (scarring)",
        "weight of unemployment duration in ranking",
        "W2",
    ),
    Parameter(
        "matching.rank_transferable",
        "score",
        0.1,
        0.0,
        5.0,
        Prior("uniform", 0.0, 0.5),
        "assumption: references and work habits count, less than the trade",
        "weight of transferable skill in employers' ranking",
        "W2",
    ),
    Parameter(
        "matching.rank_noise",
        "score",
        1.0,
        0.0,
        20.0,
        Prior("uniform", 0.5, 2.0),
        _RANK,
        "spread of what else employers see",
        "W2",
    ),
)

INDICATORS = (
    Indicator(
        "hires",
        "people hired, apprentices included",
        "persons",
        "W2",
        "month",
        ("occupation", "level", "region", "sector"),
        "flow",
    ),
    Indicator(
        "hires_from_vacancies",
        "vacancies filled",
        "vacancies",
        "W2",
        "month",
        ("occupation", "level", "region", "sector"),
        "flow",
    ),
    Indicator(
        "job_changes",
        "workers who changed jobs, by group left and whether the group entered is technical",
        "persons",
        "W2",
        "year",
        ("occupation", "technical_occupation"),
        "flow",
    ),
)
