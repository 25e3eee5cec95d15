"""W2, placement of school leavers: where technical leavers work a year and a half after they left education.

Claim: leakage (working outside own or related field) and underuse (working below one's level) rise in a slump.

Definition: of those who left education 18 months ago below the age of 30, are not back, work, and whose highest diploma
is in a technical field:

    leakage  = 1[not related(field, occupation group)]          underuse = 1[job level < level of education]

A measurement, nothing is drawn. It is kept under the school year in which it is taken (ROA's surveys are named by the
year of the survey). A second measurement, five years on, is kept under the school year of leaving: whether those who
left education in a slump are still scarred (W3). ``placement`` crosses the two: own_field, other_field (both at level
or above), below_level, other_field_below_level.

Sources: definition of ROA's school leaver surveys in SEO and Technopolis (2020), tables 2.1 and 2.3. Left out:
leavers of other fields, and technical leavers outside the labour force (``school_leavers_unemployed`` counts those
who look for work). Read by: results.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter

OLDEST_LEAVER = 30
"""Age at leaving education from which people are no school leavers: adults who learn beside their job stay in it (ROA
asks those below 30; from memory, verify)."""
MONTHS_LATER = 60
"""Months between leaving education and the second measurement: five years on."""
MONTHS_AFTER_LEAVING = 18
"""Months between leaving education and measurement (ROA: a year and a half)."""

PARAMETERS: tuple[Parameter, ...] = ()

INDICATORS = (
    Indicator(
        "school_leavers_working",
        "technical school leavers at work 1.5 years after leaving",
        "persons",
        "W2",
        "school_year",
        ("level", "sex", "background", "region", "placement"),
        "flow",
    ),
    Indicator(
        "school_leavers_unemployed",
        "technical school leavers unemployed 1.5 years after leaving",
        "persons",
        "W2",
        "school_year",
        ("level",),
        "flow",
    ),
    Indicator(
        "school_leavers_five_years_on",
        "technical school leavers at work five years after leaving, by the school year in which they left",
        "persons",
        "W3",
        "school_year",
        ("level", "sex", "background", "region", "placement"),
        "flow",
    ),
)
