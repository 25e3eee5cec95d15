"""K5 and the records of the model itself: goals, the business cycle that a run met, the government's ledger.

Goals steer nobody in the model; they are indicators to hold results against ("4 op 10": four in ten graduates
technical; havo N profile at 45 %, wo technical entrants at 40 %). Shares such as ``technical_graduate_share`` are
derived from the counts of the mechanisms (``techsim.results.derived``). Sources: SEO and Technopolis (2020), 4.1 (goals
of the Technology Pact). Left out: that goals move schools or ministers. Read by: the report.
"""

from __future__ import annotations

from techsim.declarations import Indicator

INDICATORS = (
    Indicator("output_gap", "output gap", "share of potential output", "W1", "month", (), "share"),
    Indicator("spending", "public spending on levers", "euro", "K5", "year", ("lever", "item"), "money"),
)
