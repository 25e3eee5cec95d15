"""W2 and W4, retraining and side entry: people without technical education learn a technical trade and enter it.

Claim: programmes of the benefit agency (UWV), O&O funds and regions start where technical vacancies are open, select
among those who are interested, last some months and lose some on the way; who completes one holds the skill of the
trade and competes for its jobs (W2). It is a small flow beside those who enter without any.

Places a month of retrainer k (UWV, O&O funds, regions; table ``retraining_programmes``) in region r, with V_gr open
technical vacancies of group g, s_k its share of places, x_kr places that levers add a year if all regions got as much:

    n_kr = (s_k phi V_r + x_kr V_r / V) / 12                  fractions are kept for later months, for a year at most
    group of each   drawn by V_gr

Asked are people of 25 to 54 out of education without technical education or technical work, in their month of birth
(W4). Interest in the year, with w_T technical pay at the own level, w pay in the job or the last one, each by the own
skill (W2; in technical work that of who completes), k the log of technical vacancies per worker over the usual (W4), m
months of unemployment (m_0 = 6, and of workers):

    logit i = logit i_0 + b_w log(w_T / w) + b_v k + b_m log((1 + m) / (1 + m_0)) - b_f 1[woman]

UWV takes the unemployed, O&O funds workers of sectors with a fund, regions both. Of those whom they take the highest
rank begin, rank ability + sigma z. The unemployed search with chance s_i a month while inside. After D l months they
drop out with

    logit q = logit(d o) - b_a ability + b_j 1[job found meanwhile]

l and o the programme's length and drop-out relative to the mean. Who completes holds the trade: the field of the
highest diploma becomes that of the trade, at the same level, with skill currency C' = max(C, c_r). In matching (W2)
years and months without work count from completion, so that the pull of the trade is fresh and the hold of the old
group gone; the trade ties with k_r, or with k of the level where that is more; a woman's distaste (b_f) has had its say
in her interest. For a year, workers still in other work search with chance s_a a month.

==============  ===============================================  =====================================
symbol          code                                             unit
==============  ===============================================  =====================================
phi             ``retraining.places``                            places a year per open vacancy
i_0             ``retraining.unemployed``, ``workers``           chance a year
b_w, b_v, b_m   ``retraining.interest_pay``, ``_vacancies``,     log odds
                ``_duration``
b_f             ``matching.women_technical``                     log odds
sigma           ``retraining.noise``                             standard deviations of ability
D, d            ``retraining.months``, ``dropout``               months, chance
b_a, b_j        ``retraining.dropout_ability``, ``dropout_job``  log odds
s_i, s_a        ``retraining.search_inside``, ``search_after``   chance a month
k_r             ``retraining.specificity``                       ratio
c_r             ``retraining.currency``                          share of the frontier
==============  ===============================================  =====================================

``side_entry`` counts hires that cross between kinds of work, seen from the last job, also long ago; first jobs do not
count. Sources: SEO and Technopolis (2020) 2.3.4, figures side_entry_training. Left out: hours that learners who work
lose (the model has no hours of a person but those of short-time work); what retraining does to level. Read by:
matching (W2), by field, currency and time since completion.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Prior, parameters_of

_number = parameters_of("retraining", "W2")

PARAMETERS = (
    _number("places", "places a year per open vacancy", 0.05, 0.0, 5.0, Prior("uniform", 0.01, 0.15),
            "assumption: some thousands a year in the country; a programme found 350 more in Gelderland (seed 2.3.4)",
            "how many are retrained for technical work without a lever"),
    _number("unemployed", "chance a year", 0.21, 0.0, 1.0, Prior("uniform", 0.07, 0.4),
            "assumption: one in seven would learn a trade, women and slumps included",
            "interest in retraining of unemployed men where nothing else counts"),
    _number("workers", "chance a year", 0.014, 0.0, 1.0, Prior("uniform", 0.003, 0.04),
            "assumption: one in a hundred leaves a job for another trade, women and slumps included",
            "interest in retraining of men at work outside technology where nothing else counts"),
    _number("interest_pay", "log odds per log of pay", 1.0, 0.0, 10.0, Prior("uniform", 0.3, 2.0),
            "assumption: a tenth more pay, a tenth more interest", "what technical pay over own pay does to interest"),
    _number("interest_vacancies", "log odds per log of vacancies per worker", 0.5, 0.0, 10.0,
            Prior("uniform", 0.1, 1.0), "assumption: two times the vacancies, two fifths more interest",
            "what technical vacancies do to interest"),
    _number("interest_duration", "log odds per log of months", 0.3, -5.0, 5.0, Prior("uniform", 0.0, 0.7),
            "assumption: who is long without work is sooner ready to change",
            "what months of unemployment do to interest"),
    _number("noise", "standard deviations of ability", 1.0, 0.0, 10.0, Prior("uniform", 0.3, 2.0),
            "assumption: motivation and luck count as much as ability", "what else than ability decides on selection"),
    _number("months", "months", 6.0, 1.0, 48.0, Prior("uniform", 4.0, 12.0),
            "assumption: 16 weeks to CNC operator (figures side_entry_training), longer for other trades",
            "length of a programme"),
    _number("dropout", "chance", 0.19, 0.0, 1.0, Prior("uniform", 0.05, 0.37),
            "assumption: one in five with those who find a job, as in short vocational programmes",
            "chance that a trainee of mean ability without a new job does not complete"),
    _number("dropout_ability", "log odds per standard deviation", 0.4, 0.0, 5.0, Prior("uniform", 0.1, 0.8),
            "assumption: less than in mbo, where the weaker drop out most", "what ability takes off drop-out"),
    _number("dropout_job", "log odds", 1.0, -5.0, 10.0, Prior("uniform", 0.2, 2.0),
            "assumption: a job found meanwhile nearly triples the odds", "what a job found meanwhile adds to drop-out"),
    _number("specificity", "ratio", 1.2, 0.0, 5.0, Prior("uniform", 0.5, 2.0),
            "assumption: more than mbo-4, less than hbo (table level_ladder), so that two fifths to a half of those "
            "who complete work in technology a year later, as told of such programmes (from memory)",
            "how closely those who are retrained hold to their trade, where their level ties them less"),
    _number("search_inside", "chance a month", 0.3, 0.0, 1.0, Prior("uniform", 0.1, 0.7),
            "assumption: locked in, as evaluations find (Lechner, Miquel and Wunsch 2011; Card, Kluve and Weber 2018; "
            "from memory)", "chance that an unemployed trainee searches"),
    _number("search_after", "chance a month", 0.5, 0.0, 1.0, Prior("uniform", 0.2, 0.9),
            "assumption: who learned a trade beside the job looks for it soon",
            "chance that a worker searches in the first year after retraining, still in other work"),
    _number("currency", "share of the frontier", 0.6, 0.0, 1.0, Prior("uniform", 0.3, 0.85),
            "assumption: less than years of school give, more than none", "technical skill currency after retraining"),
)  # fmt: skip

INDICATORS = (
    Indicator("retraining", "retraining for technical work: who began, completed, dropped out (booked at its end)",
              "persons", "W2", "year", ("retraining_step", "retrainer"), "flow"),
    Indicator("retrained_a_year_on", "people who completed retraining a year ago, by the work that they have now",
              "persons", "W2", "year", ("retrainer", "work_of_retrained"), "flow"),
    Indicator("retraining_money", "money of programmes without a lever, booked when somebody begins", "euro", "W2",
              "year", ("retrainer",), "money"),
    Indicator("side_entry", "hires that cross between technical and other occupations, by education", "persons", "W2",
              "year", ("crossing", "education"), "flow"),
)  # fmt: skip
