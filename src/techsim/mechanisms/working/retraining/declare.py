"""W2 and W4, retraining and side entry: people without technical education learn a technical trade and enter it.

Claim: programmes of the benefit agency (UWV), O&O funds and regions start where technical vacancies are open, select
among those who are interested, last some months and lose some on the way; who completes one holds the skill of the
trade and competes for its jobs (W2). It is a small flow beside those who enter without any.

Places a month in region r, V_gr open technical vacancies of group g, x_r places that levers add a year if all regions
got as much:

    n_r = (phi V_r + x_r V_r / V) / 12                          fractions are kept for later months, for a year at most
    group of each   drawn by V_gr

Asked are people of 25 to 54 out of education without technical education or technical work, in their month of birth
(W4); interested with chance i_u without work and i_w beside it. UWV, O&O funds and regions have a share of the places
each, and take the unemployed, workers of sectors with a fund, and both (table ``retraining_programmes``). Of those whom
they take the highest rank begin, rank ability + sigma z. After D l months they complete with chance 1 - d o, l and o
the programme's length and drop-out relative to the mean: the field of the highest diploma becomes that of the trade, at
the same level, with skill currency C' = max(C, c_r).

=========  =====================================  =====================================
symbol     code                                   unit
=========  =====================================  =====================================
phi        ``retraining.places``                  places a year per open vacancy
i_u, i_w   ``retraining.unemployed``, ``workers``  chance a year
sigma      ``retraining.noise``                   standard deviations of ability
D, d       ``retraining.months``, ``dropout``     months, chance
c_r        ``retraining.currency``                share of the frontier
=========  =====================================  =====================================

``side_entry`` counts hires that cross between kinds of work, seen from the last job, also long ago; first jobs do not
count. Sources: SEO and Technopolis (2020) 2.3.4, figures side_entry_training. Left out: trainees look for other work as
before; what retraining does to level. Read by: matching (W2), by field and currency.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Prior, parameters_of

_number = parameters_of("retraining", "W2")

PARAMETERS = (
    _number("places", "places a year per open vacancy", 0.05, 0.0, 5.0, Prior("uniform", 0.01, 0.15),
            "assumption: some thousands a year in the country; a programme found 350 more in Gelderland (seed 2.3.4)",
            "how many are retrained for technical work without a lever"),
    _number("unemployed", "chance a year", 0.15, 0.0, 1.0, Prior("uniform", 0.05, 0.3),
            "assumption: one in seven would learn a trade", "interest in retraining of the unemployed"),
    _number("workers", "chance a year", 0.01, 0.0, 1.0, Prior("uniform", 0.002, 0.03),
            "assumption: few leave a job for another trade", "interest in retraining of workers outside technology"),
    _number("noise", "standard deviations of ability", 1.0, 0.0, 10.0, Prior("uniform", 0.3, 2.0),
            "assumption: motivation and luck count as much as ability", "what else than ability decides on selection"),
    _number("months", "months", 6.0, 1.0, 48.0, Prior("uniform", 4.0, 12.0),
            "assumption: 16 weeks to CNC operator (figures side_entry_training), longer for other trades",
            "length of a programme"),
    _number("dropout", "chance", 0.2, 0.0, 1.0, Prior("uniform", 0.05, 0.4),
            "assumption: one in five, as in short vocational programmes", "chance that a trainee does not complete"),
    _number("currency", "share of the frontier", 0.6, 0.0, 1.0, Prior("uniform", 0.3, 0.85),
            "assumption: less than years of school give, more than none", "technical skill currency after retraining"),
)  # fmt: skip

INDICATORS = (
    Indicator("retraining", "retraining for technical work: who began, completed, dropped out (booked at its end)",
              "persons", "W2", "year", ("retraining_step", "retrainer"), "flow"),
    Indicator("retraining_money", "money of programmes without a lever, booked when somebody begins", "euro", "W2",
              "year", ("retrainer",), "money"),
    Indicator("side_entry", "hires that cross between technical and other occupations, by education", "persons", "W2",
              "year", ("crossing", "education"), "flow"),
)  # fmt: skip
