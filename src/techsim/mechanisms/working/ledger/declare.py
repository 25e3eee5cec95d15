"""W1 and W2, the month's record: stocks of workers and unemployed, and the flows of the ledger.

No claim: it counts. Stocks are those at the end of the month, by education (``field``, ``level``) and region of
residence; flows are by job (occupation group, job level, region of the job, sector). ``technical_occupation`` says
whether the job is in a technical group.

Definition: unemployed are those without work who take part in the labour force; students' side jobs are not counted
as work. Read by: results; the identities of working are held against the same ledger.
"""

from __future__ import annotations

from techsim.declarations import Indicator, Parameter

PARAMETERS: tuple[Parameter, ...] = ()

INDICATORS = (
    Indicator(
        "unemployed_by_duration",
        "unemployed at the end of the month by how long they have been so",
        "persons",
        "W3",
        "month",
        ("unemployed_for", "level"),
        "stock",
    ),
    Indicator(
        "employed",
        "people at work (students' side jobs left out)",
        "persons",
        "W1",
        "month",
        ("field", "level", "region", "sector", "technical_occupation"),
        "stock",
    ),
    Indicator(
        "unemployed",
        "people without work who look for it",
        "persons",
        "W1",
        "month",
        ("field", "level", "region"),
        "stock",
    ),
    Indicator(
        "employed_by_occupation",
        "people at work by occupation group and sex",
        "persons",
        "W1",
        "month",
        ("occupation", "sex"),
        "stock",
    ),
    Indicator(
        "employed_by_background",
        "people at work by migration background",
        "persons",
        "W1",
        "month",
        ("background", "technical_occupation"),
        "stock",
    ),
    Indicator(
        "commuting",
        "people at work by where they live and where they work, in December",
        "persons",
        "W5",
        "year",
        ("region", "job_region", "technical_occupation"),
        "stock",
    ),
    Indicator(
        "participation",
        "people by labour state, out of full-time education or not",
        "persons",
        "W1",
        "month",
        ("sex", "age_group", "labour"),
        "stock",
    ),
)
