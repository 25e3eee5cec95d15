"""W4, lifelong learning (LLO): who takes courses, who pays for them, and whose money public money takes the place of.

Claim: a course happens where the worker wants it and someone pays. Workers weigh what they gain while they still work
against cost, and bring memories of school; employers weigh what they get against money, poaching, and what small firms
have no overview of, and train more of their own people where they cannot hire them. Public money is also taken by who
would have learnt without it.

Once a year, in the month of birth, everyone of 25 to 64 out of education and not retired decides: level l, occupation
group g, type of employer e of sector s and size z, C technical skill currency, y years to go until the pension age of
the month, u, v uniform.

    need        n_i = 1 - C                                            technical work or education, else zero
    wish        u < 1 / (1 + exp(-A)),   A = a_0 - b_m s_l + b_f f_g f_l     memories of school, fit of the offer
                                           + b_r n_i h - b_y (1 - h),  h = min(y / T, 1)       return: keeping up
                                           + b_c 12 Y r_i h                    return: pay of Y years
                                           - b_o                                               without work
                                           - (b_w + b_k) H / 100               time: in work; at ages 30 to 44
                                         at a price P of one's own less b_c P / W_g
    employer    v < 1 / (1 + exp(-Q)),   Q = q_0 + o_z - q_p m_g + q_m x_s + q_s k_g - q_c P / W_g
                                           - q_t (H / H_m) v_g / v_0           time: work lost
    fund        pays with chance f_s where the employer does not; who has nobody pays where the wish outlasts P
    rise        r_i = rho G (1 - C) 1[g technical] + rho_t k (1 - T)            of log pay in work, of a course (W2)
    courses     1 + Binomial(2, 1 / (1 + exp(-(n_0 + n_s k_g + n_g n_i))))

m_g is poaching risk, workers who quit or change jobs in a year as a share of staff; x_s output against what the sector
is used to: money is scarce in a slump; k_g = log(v_g / v_0), v_g open vacancies per worker of the group: whom one
cannot hire one trains. m and v are smoothed over M months. W is the wage of a month of the group and level.

STAP: of those who wish to learn a share applies, less of those whose employer or fund pays; in order of arrival they
get one course paid, up to the amount, as long as the month's purse lasts (a twelfth of the year's, and what is left of
the months before). SLIM: an employer of the size sme who is reached gets a share of the price back and advice (c log
odds more); in order of arrival, as long as the purse lasts, also where he would have paid without. Money is for each
region its share, by residents (STAP) or by jobs (SLIM), of what the country would get; what is left does not cross.
SLIM is that of the region of the job.

    n courses take M = months_l + (n - 1) f months, to the nearest; further ones run beside the first at f = 0
    in each month    C' = C + (G n / M) (1 - C); at the end transferable skill (currency)

H_m is the hours of a full-time month. Memories and offers are shares by level and group (tables); what differs in
participation between levels beyond age, work, need and pay is what two weights, b_m and b_f, make of them. a_0, b_m
and b_f were chosen by runs from 2008 to 2018 with participation of low, middle and high educated in view
(public_figures P1157 ff.), n_0 and n_s with courses per participant; so levels are fitted, with two weights for six.

=========  =====================================================  ===============================
symbol     code                                                   unit
=========  =====================================================  ===============================
s_l, f_l   table ``training_levels``                              shares
f_g        table ``training_groups``                              share
b_m, b_f   ``training.memories``, ``fit``                         log odds
b_w, b_k   ``training.time_work``, ``time_care``                  log odds per hundred hours
H, f       ``training.hours``, ``further_months``                 hours, months
q_t        ``training.production``                                log odds per month of work
o_z, f_s   tables ``training_sizes``, ``training_funds``          log odds, share
a_0, b_r   ``training.inclination``, ``returns``                  log odds, per share of the frontier
b_y, T     ``training.age``, ``horizon``                          log odds, years
b_o        ``training.not_working``                               log odds
Y          ``training.pay_years``                                 years
b_c, q_c   ``training.cost``, ``employer_cost``                   log odds per monthly wage
q_0, q_p   ``training.employer``, ``poaching``                    log odds, per share a year
q_m, q_s   ``training.money``, ``make_or_buy``                    log odds per unit
n_0 ...    ``training.more``, ``more_scarce``, ``more_needed``    log odds, per unit
v_0, M     ``training.usual_vacancies``, ``memory_months``        per worker, months
P, G       ``training.price``, ``gain``                           euro, share of the gap a course
c          ``training.culture``                                   log odds
=========  =====================================================  ===============================

Sources: SEO and Technopolis (2020) 2.3; public_figures P1157 to P1234. Left out: those under 25 and over 64; courses
without a bearing on technical skills add nothing to them; pay that a course brings in another job than the present
one; hours not worked in the output of firms. Read by: currency (W4).
"""

from __future__ import annotations

from techsim.declarations import Indicator, Prior, parameters_of

_LLO = "assumption: set with participation by level in view (public_figures P1157 ff.)"
_COURSES = "assumption: set with 1.5 (2013) and 1.8 (2018) courses a participant in view (figures courses)"

_number = parameters_of("training", "W4")

PARAMETERS = (
    _number("inclination", "log odds", 1.1, -20.0, 20.0, Prior("normal", 1.1, 0.5), _LLO, "wish to learn"),
    _number("returns", "log odds per share of the frontier", 3.0, 0.0, 50.0, Prior("uniform", 0.5, 6.0),
            "assumption: who is behind by a fifth wants it half as much again",
            "how much being behind the frontier adds to the wish to learn"),
    _number("age", "log odds", 0.8, 0.0, 20.0, Prior("uniform", 0.3, 2.0),
            "assumption: those over 55 take part about half as often; from memory",
            "how much less those without working years ahead want to learn"),
    _number("horizon", "years", 20.0, 1.0, 50.0, Prior("uniform", 10.0, 30.0),
            "assumption: what is learnt pays back within two decades",
            "working years ahead beyond which more is no gain"),
    _number("not_working", "log odds", 0.0, -20.0, 20.0, Prior("uniform", -0.5, 1.0),
            "assumption: return is uncertain, time is not", "how much less people without work want to learn"),
    _number("memories", "log odds", 1.8, 0.0, 20.0, Prior("uniform", 0.8, 2.8), _LLO,
            "how much less those with bad memories of school want to learn"),
    _number("fit", "log odds", 1.5, 0.0, 20.0, Prior("uniform", 0.5, 2.5), _LLO,
            "how much more those want to learn for whom all courses on offer fit"),
    _number("hours", "hours", 60.0, 1.0, 500.0, Prior("uniform", 30.0, 100.0),
            "from memory: a participant spends some sixty hours a year (Adult Education Survey)", "hours of a course"),
    _number("time_work", "log odds per hundred hours", 0.5, 0.0, 10.0, Prior("uniform", 0.0, 1.0),
            "assumption: hours beside work deter somewhat", "how much hours of a course deter those in work"),
    _number("time_care", "log odds per hundred hours", 0.5, 0.0, 10.0, Prior("uniform", 0.0, 1.5),
            "assumption: care weighs as much as work", "how much hours of a course deter at 30 to 44, years of care"),
    _number("cost", "log odds per monthly wage", 6.0, 0.0, 100.0, Prior("uniform", 2.0, 12.0),
            "assumption: a third of a month's wage puts off most", "how much a price of one's own deters"),
    _number("pay_years", "years", 1.0, 0.0, 40.0, Prior("uniform", 0.0, 3.0),
            "assumption: until one is asked again; a euro of them weighs as one of the price, later ones are uncertain",
            "years of the higher pay that a course brings which those who decide count"),
    _number("employer", "log odds", 1.3, -20.0, 20.0, Prior("normal", 1.3, 0.5), _LLO,
            "inclination of employers to pay"),
    _number("poaching", "log odds per share a year", 2.0, 0.0, 50.0, Prior("uniform", 0.0, 5.0),
            "assumption: employers name fear of poaching (seed 2.3)", "how much mobility of staff deters employers"),
    _number("money", "log odds per share of output", 0.5, 0.0, 100.0, Prior("uniform", 0.0, 3.0),
            "assumption: cut in a slump (seed 2.3: no money), but little: participation hardly fell after 2008",
            "how much output adds to what employers pay"),
    _number("make_or_buy", "log odds per log of vacancies", 0.2, -5.0, 5.0, Prior("uniform", 0.0, 0.6),
            "assumption: training what cannot be hired outweighs the time lost (seed 2.3) a little",
            "how much scarcity adds to whom employers train"),
    _number("production", "log odds per month of work", 0.5, 0.0, 20.0, Prior("uniform", 0.0, 1.5),
            "assumption: lost work weighs a third of what money for it would (seed 2.3: no time)",
            "how much the work lost by a course deters employers; more where workers are scarce"),
    _number("employer_cost", "log odds per monthly wage", 1.5, 0.0, 100.0, Prior("uniform", 0.5, 4.0),
            "assumption: a course of a quarter of a month's wage deters one in ten",
            "how much the price deters employers"),
    _number("usual_vacancies", "open vacancies per worker", 0.025, 0.001, 0.2, Prior("lognormal", 0.025, 0.3),
            "assumption: near the mean of 2008 to 2018", "vacancies per worker that count as usual"),
    _number("memory_months", "months", 12.0, 1.0, 60.0, Prior("uniform", 6.0, 24.0),
            "assumption: training plans are made by the year",
            "months over which employers see vacancies and mobility"),
    _number("further_months", "months", 0.0, 0.0, 3.0, Prior("uniform", 0.0, 1.0),
            "assumption: who takes more takes shorter ones; set with the path from 2010 to 2014 in view (P1190 ff.)",
            "months that each course after the first adds to those of the first"),
    _number("more", "log odds", -0.8, -20.0, 20.0, Prior("normal", -0.8, 0.3), _COURSES,
            "how many more courses than one"),
    _number("more_scarce", "log odds per log of vacancies", 0.8, 0.0, 10.0, Prior("uniform", 0.4, 2.0), _COURSES,
            "how much scarcity adds to courses of a participant: whom one cannot hire one trains further"),
    _number("more_needed", "log odds per share of the frontier", 1.0, 0.0, 20.0, Prior("uniform", 0.0, 3.0), _COURSES,
            "how much being behind adds to courses of a participant"),
    _number("price", "euro", 900.0, 1.0, 50_000.0, Prior("uniform", 600.0, 1_500.0),
            "assumption: near the mean STAP grant of EUR 800 (public_figures P1220)", "price of a course"),
    _number("gain", "share of the gap", 0.1, 0.0, 1.0, Prior("uniform", 0.03, 0.3),
            "assumption: a course teaches a tenth of what is new",
            "share of the gap to the frontier that a course closes"),
    _number("apply", "chance", 0.3, 0.0, 1.0, Prior("uniform", 0.1, 0.6),
            "assumption: purses were empty within hours (public_figures P1225, P1226)",
            "chance that who wants to learn and has no other payer applies for a learning budget (STAP)"),
    _number("apply_paid", "chance", 0.1, 0.0, 1.0, Prior("uniform", 0.02, 0.3),
            "assumption: a third as often as others: applying costs an evening",
            "the same for those for whom an employer or fund pays"),
    _number("culture", "log odds", 0.5, 0.0, 10.0, Prior("uniform", 0.0, 1.0),
            "assumption: what advice and a learning culture add is half of what large firms have over small ones",
            "how much SLIM adds to what small employers pay for, beside money"),
)  # fmt: skip

_GROUPS = ("level", "technical_occupation")

INDICATORS = (
    Indicator("in_training", "people of 25 to 64 who follow a course", "persons", "W4", "month", _GROUPS, "stock"),
    Indicator("training_asked", "people of 25 to 64 out of education, in their month of birth", "persons", "W4", "year",
              _GROUPS, "flow"),
    Indicator("training_participants", "people who began a course in their month of birth, by who pays for the first",
              "persons", "W4", "year", (*_GROUPS, "payer"), "flow"),
    Indicator("courses", "courses of those who began one, by who pays", "courses", "W4", "year", (*_GROUPS, "payer"),
              "flow"),
    Indicator("course_money", "money for courses, by who pays", "euro", "W4", "year", ("level", "payer"), "money"),
)  # fmt: skip
