"""L1, intake: September's onward choices meet apprenticeship places; enrolment, leaving, and adults in bbl.

Claim: those who have a diploma (or come back after a gap) enrol where they chose; bbl needs a place with an employer,
and who finds none goes to bol, waits, or leaves; employers also train adults of low education, when places are left.

Algorithm: school leavers who want bbl, then adults, in the order of one draw per person within the cell (occupation
group x region), take the places that employers offer there (``LabourMarket.places_free``) until none is left. A school
leaver without a place goes to bol of the same programme with chance ``intake.bol_without_place``, else leaves education
(and may come back next year). An adult without one stays as he was. Adults: everyone out of education, aged 20 to 45,
at most mbo3, in the labour force, with a job now or before, wants bbl one level up in the field of the occupation with
chance ``intake.adult_bbl`` a year; unemployed adults as well as employed ones.

Who chooses: those with a diploma of July, and of those of 16 to 27 out of education without a diploma of hbo or wo each
with chance rho 0.5^max(0, A - 20) at age A; rho is ``onward.reentry_general`` after havo and vwo, else
``onward.reentry``.

Conservation: places taken + places free after = places free before, per cell. Sources: SEO and Technopolis (2020) 2.2.6
(about 80 % of bbl students stay with the employer; a student without a place moves or drops out). Left out:
applications over regions; how employers set places beyond hiring (L4). Read by: apprentices (working), flows.
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
        "entrants", "first enrolments in mbo, hbo and wo (bachelor)", "persons", "L1", "school_year", _GROUPS, "flow"
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
again."""
