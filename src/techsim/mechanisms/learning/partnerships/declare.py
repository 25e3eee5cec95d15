"""L5, public-private partnerships: schools and firms start them with seed money; whether they last hangs on the firms.

Claim: seed money starts partnerships where firms will commit themselves; they take years to reach students, and going
on after the subsidy is hard; firms' commitment is cyclical, so that a slump holds them back at all three points.

Equations, each month: employers e of sector s, region r, level group g (mbo; hbo and wo)

    commitment    C_e  = 1 / (1 + exp(-(a + l 1[large] + k x_s + m ln(v / v_0))))    C_r: mean over technical sectors'
                                                                                    staff in the region
    plans         Q'   = min(Q + A_g w_gr C_r / 12, 1 + A_g w_gr C_r)               willing schools and firms, waiting
    seed money    P'   = min(P + S_gr / 12, 1 + S_gr)                               partnerships that it can start
    started            = floor(min(P, Q))                                           payer by payer, levers last
    size          z    = min(1, age / b) f                                          f = 1, for those that don't go on
                                                                                    falling to 0 over h months
    goes on            with chance min(1, c C_r), when the four years of funding end
    gives up           with chance (1 - C_r) d a month, of those that went on
    reach         R_gr = min(1, n sum z / N_gr)         N technical students on 1 October
    firms         M_gr = q C_r sum z
    members       m_er = min(1, sum_g M_gr u_e / sum_e' F_e'r u_e')     F firms of technical sectors; u_e = C_e size^y

w_gr are regions' shares of the technical students of the group; S_gr is the table ``partnership_seeding`` over the
grant, by scheme (CIV, RIF, Centres of expertise), or the hooks ``partnerships.seed_mbo`` and
``partnerships.seed_hbo_wo``, times w_gr. v is the vacancy rate of technical groups, smoothed over o months, v_0 that of
the start; x output of the sector against what it is used to.
The base of ``guidance.reach`` (K2) is raised by u R_r, R_r the mean reach over the region's technical students.

=======  =====================================  ============================================
symbol   code                                   unit
=======  =====================================  ============================================
a, l     ``partnerships.commitment``, ``large``  log odds
k        ``partnerships.cycle``                 log odds per share of output
m        ``partnerships.shortage``              log odds per log vacancy rate
o        ``partnerships.outlook_months``        months
A        ``partnerships.plans_mbo``, ``plans_hbo_wo``  plans a year if all firms were committed
S        ``partnerships.grant``                 million euro a partnership
b, h     ``partnerships.build_months``, ``fade_months``  months
c        ``partnerships.goes_on``               ratio
d        ``partnerships.gives_up``              share a month
n, q     ``partnerships.students``, ``firms``   technical students reached; firms asked
y        ``partnerships.size_pull``             elasticity
         ``partnerships.sme_workers``, ``large_workers``  workers a firm
u        ``partnerships.guidance``              share of pupils per share of students
=======  =====================================  ============================================

Sources: SEO and Technopolis (2020) 2.2.3, 4.2.2; figures partnerships, partnership_reach; public figures P1154, P1155,
P1596 to P1604. Left out: single firms and schools, hours and money that they put in, fields other than technical ones
(half of the 80,000 students reached in 2019), quality of a partnership. Read by: what is taught (L6), guidance (K2);
``member_share`` and ``reach`` are read by places (L4) and hybrid teachers (L3).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "partnerships.commitment", "log odds", -0.2, -5.0, 5.0, Prior("normal", -0.2, 0.7),
        "assumption: nearly half of small firms that are asked would join at normal times",
        "log odds that a small firm commits itself, output as it is used to and staff as scarce as at the start", "L5",
    ),
    Parameter(
        "partnerships.large", "log odds", 1.0, -2.0, 5.0, Prior("normal", 1.0, 0.5),
        "assumption: small firms can't spare the capacity (seed 2.2.6)",
        "how much readier large firms are to commit themselves", "L5",
    ),
    Parameter(
        "partnerships.cycle", "log odds per share of output", 10.0, 0.0, 60.0, Prior("uniform", 3.0, 25.0),
        "assumption: commitment is cyclical (seed 4.2.2), no size given",
        "how much output against what a sector is used to moves commitment", "L5",
    ),
    Parameter(
        "partnerships.shortage", "log odds per log vacancy rate", 0.4, 0.0, 5.0, Prior("uniform", 0.1, 1.0),
        "assumption: firms join to find staff",
        "how much scarcity of technical staff raises commitment", "L5",
    ),
    Parameter(
        "partnerships.outlook_months", "months", 12.0, 1.0, 120.0, Prior("uniform", 6.0, 36.0),
        "assumption: a year's experience", "months over which firms look back at technical vacancies", "L5",
    ),
    Parameter(
        "partnerships.plans_mbo", "plans a year", 80.0, 0.0, 1000.0, Prior("lognormal", 80.0, 0.4),
        "assumption: so that RIF was used up but for the slump (figures partnerships)",
        "partnerships of mbo that schools and firms would plan in a year were all firms committed", "L5",
    ),
    Parameter(
        "partnerships.plans_hbo_wo", "plans a year", 100.0, 0.0, 1000.0, Prior("lognormal", 100.0, 0.4),
        "assumption: as in mbo, by number in 2019 (figures partnerships)",
        "partnerships of hbo and wo that would be planned in a year were all firms committed", "L5",
    ),
    Parameter(
        "partnerships.grant", "million euro", 0.95, 0.05, 10.0, Prior("lognormal", 0.95, 0.25),
        "assumption: arithmetic of EUR 25 mln a year (public figures P1154) and about 150 partnerships in 2019",
        "seed money of history's schemes for one partnership, over four years", "L5",
    ),
    Parameter(
        "partnerships.build_months", "months", 24.0, 1.0, 120.0, Prior("uniform", 12.0, 48.0),
        "assumption: students reached grew from 50,000 (2016) to 80,000 (2019; public figures P1603 f.)",
        "months until a partnership has grown to its size", "L5",
    ),
    Parameter(
        "partnerships.fade_months", "months", 24.0, 1.0, 120.0, Prior("uniform", 6.0, 48.0),
        "assumption: what was built lasts some years", "months in which a partnership that doesn't go on dies away",
        "L5",
    ),
    Parameter(
        "partnerships.goes_on", "ratio", 1.3, 0.0, 5.0, Prior("uniform", 0.8, 1.8),
        "assumption: continuation after the subsidy is hard (seed 4.2.2): three in four at normal times",
        "chance of going on after the subsidy, per unit of commitment", "L5",
    ),
    Parameter(
        "partnerships.gives_up", "share a month", 0.01, 0.0, 0.2, Prior("lognormal", 0.01, 0.5),
        "assumption: some 5 % a year at normal times", "chance a month of giving up for want of commitment", "L5",
    ),
    Parameter(
        "partnerships.students", "technical students", 130.0, 1.0, 5000.0, Prior("lognormal", 130.0, 0.3),
        "arithmetic: figures partnership_reach, 1 in 10 of some 350,000 technical students of mbo, hbo and wo, over "
        "350 partnerships of which about 8 in 10 full-grown",
        "technical students whom a full-grown partnership reaches", "L5",
    ),
    Parameter(
        "partnerships.firms", "firms", 75.0, 1.0, 2000.0, Prior("lognormal", 75.0, 0.4),
        "arithmetic: public figures P1600 over P1596 (10,000 firms in 324 partnerships); assumption: half of those "
        "asked join",
        "firms that a full-grown partnership asks", "L5",
    ),
    Parameter(
        "partnerships.size_pull", "elasticity", 0.3, 0.0, 1.0, Prior("uniform", 0.0, 0.8),
        "assumption: large firms are members more often",
        "how much more often firms are members by their size", "L5",
    ),
    Parameter(
        "partnerships.sme_workers", "workers", 8.0, 1.0, 250.0, Prior("lognormal", 8.0, 0.3),
        "assumption: mean of firms with staff below 250 workers", "workers of a small firm", "L5",
    ),
    Parameter(
        "partnerships.large_workers", "workers", 600.0, 50.0, 5000.0, Prior("lognormal", 600.0, 0.3),
        "assumption: mean of firms of 250 workers or more", "workers of a large firm", "L5",
    ),
    Parameter(
        "partnerships.guidance", "share of pupils per share of students", 0.2, 0.0, 2.0, Prior("uniform", 0.0, 0.5),
        "assumption: small: a partnership's firms also show themselves to pupils nearby",
        "pupils reached by guidance because of partnerships in their region", "L5",
    ),
)  # fmt: skip

INDICATORS = (
    Indicator(
        "partnerships", "public-private partnerships on 1 October", "partnerships", "L5", "school_year",
        ("region", "level_group"), "share",
    ),
    Indicator(
        "partnership_reach", "technical students reached by partnerships on 1 October", "share of technical students",
        "L5", "school_year", ("region", "level_group"), "share",
    ),
    Indicator(
        "partnership_firms", "firms in partnerships on 1 October", "firms", "L5", "school_year",
        ("region", "level_group"), "share",
    ),
    Indicator(
        "partnership_commitment", "technical firms that would commit themselves to a partnership on 1 October",
        "share of firms", "L5", "school_year", ("region",), "share",
    ),
    Indicator(
        "partnership_grants", "seed money of history's schemes, granted when a partnership starts (that of levers "
        "stands in spending)", "euro", "L5", "year", ("scheme", "level_group"), "money",
    ),
)  # fmt: skip
"""Partnerships and firms are counted as they are, not in simulated persons: hence no stocks."""
