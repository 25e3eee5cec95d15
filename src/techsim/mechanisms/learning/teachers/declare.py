"""L2, teachers: a stock of people that students need and industry draws on; schools can take in no more than it allows.

Claim: teachers are people of the labour market. Budgets follow students with a lag; retirement and jobs in industry
take technical teachers away, more of them in tight markets; teaching degrees and side entrants replace them as far as
there are any. Where students per teacher rise, quality falls first, then intake is cut: more inflow without teachers
does not become more graduates.

Equations, by segment s (vo first and second degree, mbo, hbo, wo), kind k (technical or not) and region r; A and H are
full-time teachers, regular and hybrid (L3), n students per teacher at the start:

    F' = F + (S - F) / lag_sk,   W = F / n                 students funded, posts
    regular posts = W (1 - h),   vacancies = regular posts - A        h share of hybrid teachers at the start
    s+ = S / (n (A + H))                                   stretch: students per teacher against the norm
    v' = v + (o - v) / M                                   turnover: o share of technical students who leave in a year
    places = max(0, v S + (m n (A + H) - S) / N)           this year's, for entrants of technical fields; of the
                                                           country in hbo and wo
    quality = min(1, s+^-e_q)
    drop-out x max(1, s+)^e_d,   diplomas x max(1, s+)^-e_p    in vo: repeating a year, and the final exam, where
                                                           technical subjects count for a share l of lessons

Posts go to people with a job in education, who take one that fits with chance a a month: a teaching degree for vo and
mbo (exact subjects, a draw made once in a life, for technical ones), level and kind of field for hbo and wo. Those who
lack the degree asked (side entrants) do with chance z exp(psi f), f the share of technical posts that ask for it and
stand vacant in the region: schools look harder, and ask less, the more they go without. Candidates are asked once in
three months, with the chance of three. Who gets a post draws the segment by its vacancies, times their pull (table).
Each month a technical teacher looks outside with chance

    l exp(eta (log w_t / w_e - b)) min(theta, 1)^tau

w pay, for given skill (W2), of technical groups and of education at the level, b lever, theta vacancies per unemployed
in technical groups of the region, and takes a vacancy of a technical group at the own level and place, if one is open.
Who leaves a job in education, retires, dies or moves abroad leaves the post, too.

Schools of mbo give fewer programmes where few come or teachers lack: see :mod:`~.programmes` for the rule.

Who finds a programme full: entrants are ranked by x ability + luck; of the others a share d goes to a field that is not
technical at the same level, a share v waits a year and chooses again, the rest leaves education.

A cell of few simulated persons says little of the thousands for whom it stands: (A + H + g c) / (W + g) is taken for
the share of posts filled, c the country's and g 10 simulated teachers; one to one, it is nothing.

=============  ======================================  ==============================
symbol         code                                    unit
=============  ======================================  ==============================
a, z           ``teachers.appointment``, ``.side_entry``  chance a month
psi            ``teachers.recruitment``               log per share of posts
l, eta, tau    ``teachers.leave``, ``leave_pay``, ``leave_tightness``  chance a month, elasticities
m              ``teachers.max_stretch``                ratio
K, n_0, sigma  ``teachers.programmes``, ``smallest_group``, ``group_spread``  programmes, persons a year, log
M, N           ``teachers.turnover_years``, ``places_years``  years
e_q, e_d, e_p  ``teachers.quality``, ``dropout``, ``delay``  elasticities
l (vo)         ``teachers.technical_lessons``          share of lessons
x, d, v        ``teachers.selection_ability``, ``diverted``, ``waiting``  weight, shares
lag, fte       table ``teacher_posts``                 months, full-time teachers
=============  ======================================  ==============================

Sources: SEO and Technopolis (2020) 2.1.5, 2.2.1, 2.2.5 (figures teachers_second_degree, teachers_first_degree,
student_staff_ratio); public figures P1281 ff., P1300 ff. Left out: primary schools; subjects one by one; what teachers
do to choices in vo; schools that lay off teachers; bbl students need as many teachers as others, and
adults in bbl need no place. Read by: intake and
tertiary (L1), hybrid teachers (L3), skill at graduation (L6).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Prior, parameters_of

_parameter = parameters_of("teachers", "L2")

PARAMETERS = (
    _parameter(
        "hours", "share of full time", 0.8, 0.5, 1.0, Prior("uniform", 0.7, 0.9),
        "assumption: teachers work four days a week on average", "mean hours of a teacher, spread 0.2 to either side",
    ),
    _parameter(
        "exact_start", "share", 0.13, 0.0, 1.0, Prior("uniform", 0.08, 0.18),
        "assumption: as many as technical posts at the start need beside technicians",
        "exact or technical subjects among people with a teaching degree at the start",
    ),
    _parameter(
        "exact_share", "share", 0.03, 0.0, 1.0, Prior("uniform", 0.015, 0.07),
        "assumption: 1,243 diplomas (public_figures P1281, P1283, P1285, P1287, 2020/21) of some 15,000 in education a "
        "year are 0.08, of whom half never teaches or soon stops",
        "exact or technical subjects among graduates in education who go on to teach them",
    ),
    _parameter(
        "unqualified_start", "ratio", 0.3, 0.0, 1.0, Prior("uniform", 0.1, 0.6),
        "assumption: a sixth of the lessons is taught without the degree (public_figures P1340)",
        "how likely those without the degree asked hold a post at the start, against others",
    ),
    _parameter(
        "appointment", "chance a month", 0.08, 0.0, 1.0, Prior("uniform", 0.03, 0.2),
        "assumption: a year to find a teacher in the field and region",
        "chance that somebody who fits takes a vacant teaching post",
    ),
    _parameter(
        "side_entry", "chance a month", 0.00015, 0.0, 1.0, Prior("lognormal", 0.00015, 0.7),
        "assumption: few side entrants, so that technical second-degree teachers fall as in figures "
        "teachers_second_degree",
        "chance that a technician with a job in education takes a vacant post that asks for a degree",
    ),
    _parameter(
        "recruitment", "log per share of posts", 7.0, 0.0, 30.0, Prior("uniform", 3.0, 12.0),
        "assumption: with a fifth of the posts vacant, schools draw side entrants four times as well",
        "how much side entry rises with the share of posts that stand vacant",
    ),
    _parameter(
        "leave", "chance a month", 0.018, 0.0, 0.1, Prior("lognormal", 0.018, 0.6),
        "assumption: beside those who change jobs on the market (W2), so that technical second-degree teachers fall by "
        "20 % in the upturn of 2013-2018 (figures teachers_second_degree)",
        "chance that a technical teacher looks for a job in industry, at start pay and one vacancy per unemployed",
    ),
    _parameter(
        "leave_pay", "elasticity", 2.0, 0.0, 10.0, Prior("uniform", 0.5, 4.0),
        "assumption: quits fall by two percent for each percent of pay", "effect of pay in industry against education",
    ),
    _parameter(
        "leave_tightness", "elasticity", 1.0, 0.0, 3.0, Prior("uniform", 0.3, 1.5),
        "assumption: outflow to industry is pro-cyclical (mechanism L2)", "effect of tightness on leaving for industry",
    ),
    _parameter(
        "max_stretch", "ratio", 1.8, 0.5, 10.0, Prior("uniform", 1.5, 2.2),
        "assumption: figures student_staff_ratio, 19 over 12 or 1.6, before intake of technical wo was cut; programmes "
        "begin to when nine tenths of what they can bear is reached",
        "students per teacher against the start beyond which technical intake is cut",
    ),
    _parameter(
        "turnover_years", "years", 5.0, 1.0, 30.0, Prior("uniform", 3.0, 10.0),
        "assumption: programmes set places by some cohorts",
        "years over which the share of students who leave is averaged when places are set",
    ),
    _parameter(
        "places_years", "years", 3.0, 1.0, 10.0, Prior("uniform", 1.5, 5.0),
        "assumption: a programme fills what is free, or sheds what is too much, in some years",
        "years in which intake brings students to what teachers allow",
    ),
    _parameter(
        "programmes", "programmes", 8.0, 1.0, 100.0, Prior("uniform", 4.0, 15.0),
        "assumption: several qualifications at several levels in a technical field",
        "programmes of a technical field that a school of mbo could give",
    ),
    _parameter(
        "smallest_group", "persons a year", 8.0, 1.0, 100.0, Prior("uniform", 5.0, 15.0),
        "assumption: smaller groups cost more than their funding", "entrants from which a school gives a programme",
    ),
    _parameter(
        "group_spread", "log", 0.7, 0.05, 5.0, Prior("uniform", 0.4, 1.2),
        "assumption: schools and programmes differ much", "spread of groups over schools and programmes of a region",
    ),
    _parameter(
        "travels", "share", 0.5, 0.0, 1.0, Prior("uniform", 0.2, 0.8),
        "assumption: half go to a school further away", "those who find a programme closed and go elsewhere for it",
    ),
    _parameter(
        "applicants_years", "years", 3.0, 1.0, 20.0, Prior("uniform", 2.0, 6.0),
        "assumption: a programme is not closed for one small year", "years over which schools see who comes",
    ),
    _parameter(
        "quality", "elasticity", 0.2, 0.0, 2.0, Prior("uniform", 0.0, 0.5),
        "assumption: no size given (mechanism L2)", "fall of quality by students per teacher",
    ),
    _parameter(
        "dropout", "elasticity", 0.2, 0.0, 2.0, Prior("uniform", 0.0, 0.5),
        "assumption: no size given (mechanism L2)", "rise of drop-out by students per teacher",
    ),
    _parameter(
        "delay", "elasticity", 0.1, 0.0, 2.0, Prior("uniform", 0.0, 0.3),
        "assumption: no size given (mechanism L2)", "fall of the chance of a diploma by students per teacher",
    ),
    _parameter(
        "technical_lessons", "share of lessons", 0.4, 0.0, 1.0, Prior("uniform", 0.25, 0.6),
        "assumption: exact and technical subjects of an N profile, of lower vo, of technical vmbo",
        "lessons of pupils with technical subjects that technical teachers give",
    ),
    _parameter(
        "selection_ability", "per standard deviation", 0.5, 0.0, 5.0, Prior("uniform", 0.2, 1.5),
        "assumption: numerus fixus selects by marks and much luck", "weight of ability beside luck in selection",
    ),
    _parameter(
        "diverted", "share", 0.5, 0.0, 1.0, Prior("uniform", 0.3, 0.7),
        "assumption: half take the next field", "those without a technical place who take another field at once",
    ),
    _parameter(
        "waiting", "share", 0.3, 0.0, 1.0, Prior("uniform", 0.1, 0.5),
        "assumption: most others try again", "of the others without a technical place, out of all: wait a year",
    ),
)  # fmt: skip

INDICATORS = (
    Indicator(
        "teachers",
        "full-time teachers, and how many are short of the posts that are funded, on 1 October",
        "full-time teachers",
        "L2",
        "school_year",
        ("segment", "technical", "kind", "measure"),
        "share",
    ),
    Indicator(
        "teachers_left",
        "teachers who gave up their post",
        "persons",
        "L2",
        "school_year",
        ("segment", "technical", "exit"),
        "flow",
    ),
    Indicator(
        "teaching_quality",
        "quality of teaching against the start, as class size and vacancies leave it, on 1 October",
        "ratio",
        "L2",
        "school_year",
        ("segment", "technical", "region"),
        "share",
    ),
    Indicator(
        "programmes_offered",
        "technical programmes of mbo on offer, against the first school year",
        "ratio",
        "L2",
        "school_year",
        ("field", "region"),
        "share",
    ),
    Indicator(
        "technical_intake",
        "people who chose a technical programme, by what became of it",
        "persons",
        "L2",
        "school_year",
        ("segment", "region", "selection"),
        "flow",
    ),
)
"""Shortage stands with the regular teachers; the first school year holds the run's first month."""
