"""L1, intake: September's onward choices meet apprenticeship places; enrolment, leaving, and adults in bbl.

Claim: those who have a diploma (or come back after a gap) enrol where they chose; bbl needs a place with an employer,
and who finds none goes to bol, waits, or leaves; employers also train adults of low education, when places are left.

Algorithm: school leavers who want bbl, then adults, in the order of one draw per person within the cell (occupation
group x region), take the places that employers offer there (``LabourMarket.places_free``) until none is left. Who
finds none tries another group of the same kind, drawn by the places left there, with chance ``intake.other_field``;
these come in a second round. A school leaver who still has none goes to bol of the programme chosen with chance
``intake.bol_without_place``, waits for next September with chance ``intake.wait_without_place``, else leaves education
(and may come back). An adult without one stays as he was, and tries again next year with chance
``intake.adult_waits``. Adults: everyone out of education, aged 20 to 45, at most mbo3, in the labour force, with a job
now or before, wants bbl one level up in the field of the occupation with chance ``intake.adult_bbl`` a year;
unemployed adults as well as employed ones.

Who chooses: those with a diploma of July, and of those of 16 to 27 out of education without a diploma of hbo or wo each
with chance rho 0.5^max(0, A - 20) at age A; rho is ``onward.reentry_general`` after havo and vwo, else
``onward.reentry``.

Conservation: places taken + places free after = places free before, per cell. Sources: SEO and Technopolis (2020) 2.2.6
(about 80 % of bbl students stay with the employer; a student without a place moves or drops out). Left out:
applications over regions. Read by: apprentices (working), flows.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter, Prior

PARAMETERS = (
    Parameter(
        "intake.bol_without_place",
        "chance",
        0.65,
        0.0,
        1.0,
        Prior("uniform", 0.4, 0.9),
        "assumption: most school leavers without a place go to bol (mechanism L4)",
        "chance that a school leaver who found no bbl place enrols in bol",
        "L1",
    ),
    Parameter(
        "intake.wait_without_place",
        "chance",
        0.1,
        0.0,
        1.0,
        Prior("uniform", 0.0, 0.2),
        "assumption: some would rather wait than go to school full time",
        "chance that a school leaver who found no bbl place waits and chooses again next year",
        "L1",
    ),
    Parameter(
        "intake.other_field",
        "chance",
        0.3,
        0.0,
        1.0,
        Prior("uniform", 0.1, 0.6),
        "assumption: the place counts for many who want to learn at work; most keep to their trade",
        "chance that who found no bbl place tries a field of the same kind where places are left",
        "L1",
    ),
    Parameter(
        "intake.adult_waits",
        "chance",
        0.3,
        0.0,
        1.0,
        Prior("uniform", 0.1, 0.6),
        "assumption: wishes of adults to learn pass as jobs do",
        "chance that an adult who found no bbl place wants one again next year",
        "L1",
    ),
    Parameter(
        "intake.adult_bbl",
        "chance a year",
        0.06,
        0.0,
        0.5,
        Prior("uniform", 0.02, 0.1),
        "assumption: so that adults fill bbl as in 2008 (some 167,000 students, figures mbo_students)",
        "chance that an adult of low education in the labour force wants a bbl programme",
        "L1",
    ),
)

_GROUPS = ("level", "pathway", "sex", "region", "technical")

INDICATORS = (
    Indicator(
        "entrants",
        "first enrolments in mbo, hbo and wo (bachelor; of those from abroad master too)",
        "persons",
        "L1",
        "school_year",
        _GROUPS,
        "flow",
    ),
    Indicator(
        "bbl_without_place",
        "people who wanted bbl and found no place",
        "persons",
        "L4",
        "school_year",
        ("occupation", "region", "sex"),
        "flow",
    ),
)
"""A first enrolment in mbo is one from outside mbo; an mbo student who goes on to a higher level of mbo is not counted
again. Who comes from abroad for a master is enrolled in wo for the first time."""
