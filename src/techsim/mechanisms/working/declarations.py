"""What all mechanisms of working declare, collected; imports no numba."""

from __future__ import annotations

from techsim.mechanisms.working.apprentices import declare as apprentices
from techsim.mechanisms.working.currency import declare as currency
from techsim.mechanisms.working.cycle import declare as cycle
from techsim.mechanisms.working.demand import declare as demand
from techsim.mechanisms.working.ledger import declare as ledger
from techsim.mechanisms.working.matching import declare as matching
from techsim.mechanisms.working.participation import declare as participation
from techsim.mechanisms.working.placement import declare as placement
from techsim.mechanisms.working.places import declare as places
from techsim.mechanisms.working.retraining import declare as retraining
from techsim.mechanisms.working.separations import declare as separations
from techsim.mechanisms.working.short_time import declare as short_time
from techsim.mechanisms.working.start import declare as start
from techsim.mechanisms.working.training import declare as training
from techsim.mechanisms.working.vacancies import declare as vacancies
from techsim.mechanisms.working.wages import declare as wages

MODULES = (
    cycle,
    demand,
    participation,
    start,
    currency,
    separations,
    short_time,
    vacancies,
    matching,
    wages,
    places,
    apprentices,
    placement,
    training,
    retraining,
    ledger,
)

PARAMETERS = tuple(parameter for module in MODULES for parameter in module.PARAMETERS)
INDICATORS = tuple(indicator for module in MODULES for indicator in module.INDICATORS)
