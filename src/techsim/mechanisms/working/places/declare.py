"""L4, apprenticeship and internship places: what employers offer, and what public money does to it.

Claim: places are cyclical: many in tight markets, few in a slump, which later is missed as graduates (hysteresis, W3).
Employers train for the staff that they expect to need and weigh what a place costs them, subsidy included; who trains
goes on, who stopped starts slowly. In 2020 internships were called off.

Equations, type of employer e (sector and size class), occupation group g, region r. Each month, smoothed over M_n and
M_c:

    n_eg = R_eg / N_eg + (D_eg - N_eg) / N_eg          hiring need over T years: who retires, and expansion wanted
    x_e  = max(-pressure_e, 0) c_e                     output below the usual, as far as reserves do not cover it

In August, each agent :class:`~techsim.model.institutions.Employer`:

    z    = (v_e + s_r - c_g (1 + w x_e)) / sigma
    W    = (1 - m_r) L(z) + m_r L(z + B / sigma)       firms to whom a place is worth its cost; L logistic
    o    = (n / n_0)^h W / W_0                         places wanted, relative to normal (subsidy s_0, no slump)
    a'   = a + k_up max(o - a, 0) - k_down max(a - o, 0)
    P    = q_gr N_egr a'                               places, apprentices in place included; q_gr from the start

s_r is the subsidy, and while the bridging scheme is open what employers expect of it. Free are P less the apprentices
in place, whose contracts hold. In September the scheme pays for every new place of the employers whom it reaches, up to
its number, for its months: it cannot tell which would have been there anyway. A share of last September's new places
of a region may count as there anyway: so many are passed over. A firm trains as before or not at all: the mean over its
places counts for it, so that it expects the less of the scheme.

Internships in September: I = i_gr N_egr (1 - phi + phi W / W_0) (1 - closed_s), W by this month's output, without
reserves; i_gr follows the group's students, at a share f a year. bol students of the group get one in the order of a
draw, first those of the region; who finds none waits with the diploma with a chance, and leaves school more often
(tertiary, L1).

=============  ================================================  =========================
symbol         code                                              unit
=============  ================================================  =========================
T, M_n         ``places.horizon``, ``need_months``               years, months
M_c            ``places.reserve_months``                         months
v              ``places.worth_sme``, ``worth_large``             euro a year
sigma, w       ``places.spread``, ``slump_weight``               euro, per share of output
h              ``places.elasticity``                             elasticity
k_up, k_down   ``places.up``, ``places.down``                    share a year
s_0, B         ``places.usual_subsidy``, ``partnership_value``   euro a year
q, i           ``places.spare``, ``internships.spare``           share beyond the start's
phi, f         ``internships.same_firms``, ``follow``            share, share a year
s              hook ``places.subsidy``                           euro a year
m              ``world.partnerships.member_share`` (L5)          share of employers
c, closed      tables ``place_costs``, ``closures``              euro a year, share
=============  ================================================  =========================

Sources: SEO and Technopolis (2020) 2.2.6, 3.2.2, 4.1.3; public figures P1140-P1145; figures mbo_students,
subsidy_dependence, place_shortage_covid. Left out: costs by region; recognition of training firms; internships abroad
and in simulated firms. Read by: apprentices, intake and tertiary (L1).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior


def _p(name: str, unit: str, values: tuple[float, float, float], prior: Prior, source: str, meaning: str) -> Parameter:
    """A parameter of L4; ``values`` are default and bounds."""
    return Parameter(name, unit, *values, prior, source, meaning, "L4")


PARAMETERS = (
    _p(
        "places.horizon", "years", (3.0, 1.0, 10.0), Prior("uniform", 2.0, 4.0),
        "assumption: two to three years of bbl, and some months to find an apprentice",
        "years of retirements that an employer who trains looks ahead to",
    ),
    _p(
        "places.need_months", "months", (36.0, 1.0, 240.0), Prior("uniform", 18.0, 54.0),
        "assumption: bbl students fell from 2011, three years after vacancies did (figures mbo_students)",
        "months over which employers who train smooth their hiring need",
    ),
    _p(
        "places.reserve_months", "months", (24.0, 1.0, 240.0), Prior("uniform", 12.0, 48.0),
        "assumption: reserves carry firms through the first year or two of a slump (bbl in 2009-2010)",
        "months over which a fall of output wears down what firms have for training",
    ),
    _p(
        "places.elasticity", "elasticity", (1.0, 0.0, 3.0), Prior("uniform", 0.5, 1.5),
        "assumption: so that bbl students fall as in 2009-2015 (figures mbo_students)",
        "change of places wanted by a change of the hiring need",
    ),
    _p(
        "places.up", "share a year", (0.35, 0.0, 1.0), Prior("uniform", 0.2, 0.6),
        "assumption: firms need recognition and instructors first; bbl recovered slowly after 2015 (P0462 ff.)",
        "share of the places missing that employers add in a year",
    ),
    _p(
        "places.down", "share a year", (0.55, 0.0, 1.0), Prior("uniform", 0.3, 0.8),
        "assumption: firms that train go on for a while",
        "share of the places too many that employers drop in a year",
    ),
    _p(
        "places.spare", "share", (0.1, 0.0, 1.0), Prior("uniform", 0.0, 0.2),
        "assumption: places and students do not meet everywhere",
        "places offered beyond apprentices in place at the start",
    ),
    _p(
        "places.worth_sme", "euro a year", (5_400.0, -20_000.0, 40_000.0), Prior("normal", 5_400.0, 1_000.0),
        "assumption: so that a quarter of employers offer fewer places without it (figures subsidy_dependence)",
        "what a place is worth beyond production to the mean small or medium firm",
    ),
    _p(
        "places.worth_large", "euro a year", (6_500.0, -20_000.0, 40_000.0), Prior("normal", 6_500.0, 1_000.0),
        "assumption: large firms have instructors and train for their own trade",
        "what a place is worth beyond production to the mean large firm",
    ),
    _p(
        "places.spread", "euro a year", (2_000.0, 100.0, 20_000.0), Prior("uniform", 1_200.0, 3_000.0),
        "assumption: so that a quarter of employers offer fewer places without it (figures subsidy_dependence)",
        "scale of the differences between firms in what a place is worth",
    ),
    _p(
        "places.slump_weight", "per share of output", (12.5, 0.0, 60.0), Prior("uniform", 5.0, 17.0),
        "assumption: so that bbl students fall as in 2011-2015 (figures mbo_students)",
        "how much heavier the cost of a place weighs per share by which output lies below the usual",
    ),
    _p(
        "places.usual_subsidy", "euro a year", (2_700.0, 0.0, 20_000.0), Prior("uniform", 2_200.0, 2_900.0),
        "from memory; verify: tax reduction for training (WVA onderwijs), about as much as P1140",
        "subsidy under which employers offered the places of the start",
    ),
    _p(
        "places.partnership_value", "euro a year", (1_000.0, 0.0, 20_000.0), Prior("uniform", 0.0, 2_000.0),
        "assumption: a partnership finds apprentices and shares guidance",
        "what membership of a public-private partnership is worth per place",
    ),
    _p(
        "internships.spare", "share", (0.15, 0.0, 2.0), Prior("uniform", 0.05, 0.3),
        "assumption: few lacked an internship before 2020",
        "internships offered beyond bol students at normal willingness",
    ),
    _p(
        "internships.same_firms", "share", (0.3, 0.0, 1.0), Prior("uniform", 0.1, 0.6),
        "assumption: many firms give internships that do not train in bbl (247,000 and 49,000 firms, P1148)",
        "share of internships that hang on the same weighing as apprenticeship places",
    ),
    _p(
        "internships.follow", "share a year", (0.5, 0.0, 1.0), Prior("uniform", 0.2, 0.9),
        "assumption: schools and SBB find firms where students are, within two or three years",
        "share of the gap between internships of a group and its students that is closed in a year",
    ),
)  # fmt: skip

INDICATORS = (
    Indicator(
        "apprenticeship_places",
        "apprenticeship places offered in August, and apprentices in September, by group of the training and residence",
        "places",
        "L4",
        "school_year",
        ("occupation", "region", "place"),
        "stock",
    ),
    Indicator(
        "places_by_sector",
        "apprenticeship places offered in August, those in place included, by sector and size of the employer",
        "places",
        "L4",
        "school_year",
        ("sector", "firm_size", "region"),
        "stock",
    ),
    Indicator(
        "apprenticeship_intake",
        "new bbl places taken in September, by region of the job",
        "places",
        "L4",
        "school_year",
        ("region", "technical"),
        "flow",
    ),
    Indicator(
        "places_willing",
        "employers to whom an apprenticeship place is worth its cost",
        "share of employers",
        "L4",
        "school_year",
        ("sector", "firm_size"),
        "share",
    ),
    Indicator(
        "bridging_places",
        "new bbl places that the bridging scheme takes on",
        "places",
        "L4",
        "school_year",
        ("region",),
        "flow",
    ),
    Indicator(
        "internship_places",
        "internships for bol students offered and filled, and students who lack one",
        "places",
        "L4",
        "school_year",
        ("region", "technical", "internship"),
        "stock",
    ),
)
"""``apprenticeship_places`` has ``place`` offered, filled: offered in August hold those in place; ``internship_places``
has ``internship`` offered, filled, lacking."""
