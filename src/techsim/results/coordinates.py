"""Labels of the group dimensions of the results: those of the tables, and those that no table holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from techsim.data.dimensions import DIMENSIONS, Dimensions
from techsim.data.education import DESTINATIONS, ORIGINS
from techsim.data.labour import REASONS
from techsim.data.partnerships import LEVEL_GROUPS, SCHEMES
from techsim.data.teaching import SEGMENTS
from techsim.data.training import PAYERS, RETRAINERS
from techsim.population.states import Diploma, FlowNode, Labour, Profile, Stage

if TYPE_CHECKING:
    from techsim.scenario import Catalogue, Scenario

Label = str | bool
"""A coordinate value of a group dimension."""

BOTH = (False, True)

PLACEMENT = ("own_field", "other_field", "below_level", "other_field_below_level")
"""Where school leavers work: own field or another, at their level (first two) or below it (last two)."""
PLACE = ("offered", "filled")
INTERNSHIP = ("offered", "filled", "lacking")
FLOW = ("immigration", "emigration")
MOVE = ("study", "graduate", "later")
"""When people move between regions: to study at hbo or wo, when they have finished it, or in any other year of life."""
SPELL = ("first", "later")
"""A worker's first spell of short-time work, or a later one."""
ENDING = ("recalled", "maximum", "scheme_ended", "dismissed", "left")
"""How a spell of short-time work ends; left: for another job, education, out of work by oneself, retired, died."""
TEACHER_KIND = ("regular", "hybrid")
"""Teachers with a job in education, and people who work elsewhere and teach beside it."""
TEACHER_MEASURE = ("fte", "shortage")
"""Full-time teachers; full-time teachers short, which counts once, with the regular ones."""
TEACHER_EXIT = ("industry", "retirement", "other")
"""Why a teaching post is left: for a job outside education, retirement, or all else."""
SELECTION = ("admitted", "diverted", "waiting", "turned_away")
"""What becomes of those who choose a technical programme; the last three found it full."""
HYBRID_MEASURE = ("persons", "in_training", "fte_taught", "fte_lost")
"""Hybrid teachers: who teach, who train for it, full-time teachers that they make up, full-time work not done."""
DURATION = ("under_1_month", "1_to_3_months", "3_to_6_months", "6_months_or_more")
"""How long vacancies are open."""

UNEMPLOYED_FOR = ("under_6_months", "6_to_12_months", "12_months_or_more")
"""How long the unemployed have been so; the last are the long-term unemployed."""
SHORTFALL = ("none", "level", "skills")
"""What a technician's education lacks for the work."""
RETRAINING_STEP = ("began", "completed", "dropped_out")
RETIRES = ("within_5_years", "in_5_to_10_years", "later")
"""How soon a worker retires."""
WORK_OF_RETRAINED = ("technical", "other", "none")
"""Work of those who completed retraining a year ago."""
CROSSING = ("into_technical", "out_of_technical")
"""Hires that cross between technical and other occupations, seen from the last job."""
EDUCATION_OF_ENTRANT = ("technical", "retrained", "other")
"""Technical by a diploma, by retraining, or not at all."""

AGE_GROUP_YEARS = 5
OLDEST_AGE_GROUP = 95
AGE_GROUP = (
    *(f"{age}-{age + AGE_GROUP_YEARS - 1}" for age in range(0, OLDEST_AGE_GROUP, AGE_GROUP_YEARS)),
    f"{OLDEST_AGE_GROUP}+",
)

NO_LEVER = "none"
"""The label of ``lever`` and ``item`` when a scenario has no levers: in netCDF a size of zero means "unlimited"."""

FIXED: Mapping[str, tuple[Label, ...]] = {
    "technical": BOTH,
    "technical_occupation": BOTH,
    "earlier_technical": BOTH,
    "placement": PLACEMENT,
    "place": PLACE,
    "internship": INTERNSHIP,
    "flow": FLOW,
    "move": MOVE,
    "spell": SPELL,
    "ending": ENDING,
    "stayed": BOTH,
    "duration": DURATION,
    "segment": SEGMENTS,
    "payer": PAYERS,
    "shortfall": SHORTFALL,
    "unemployed_for": UNEMPLOYED_FOR,
    "retraining_step": RETRAINING_STEP,
    "retrainer": RETRAINERS,
    "work_of_retrained": WORK_OF_RETRAINED,
    "retires": RETIRES,
    "crossing": CROSSING,
    "education": EDUCATION_OF_ENTRANT,
    "kind": TEACHER_KIND,
    "measure": TEACHER_MEASURE,
    "exit": TEACHER_EXIT,
    "selection": SELECTION,
    "hybrid_measure": HYBRID_MEASURE,
    "scheme": SCHEMES,
    "level_group": tuple(LEVEL_GROUPS),
    "reason": REASONS,
    "age_group": AGE_GROUP,
    "from_stage": tuple(node.name.lower() for node in FlowNode),
    "to_stage": tuple(node.name.lower() for node in FlowNode),
    "stage": tuple(stage.name.lower() for stage in Stage),
    "labour": tuple(state.name.lower() for state in Labour),
    "diploma": tuple(diploma.name.lower() for diploma in Diploma),
    "profile": tuple(profile.name.lower() for profile in Profile),
    "origin": ORIGINS,
    "destination": DESTINATIONS,
}


def coordinates(
    dimensions: Dimensions, levers: Iterable[str] = (), items: Iterable[str] = ()
) -> dict[str, tuple[Label, ...]]:
    """Labels by group dimension, in the order in which arrays are indexed.

    Parameters
    ----------
    dimensions : Dimensions
        Labels of sex, region, level and the other dimensions of the tables.
    levers, items : iterable of str
        Names of the scenario's levers and of what is spent on; doubled names count once, in order.
    """
    labels: dict[str, tuple[Label, ...]] = {name: dimensions.labels(name) for name in DIMENSIONS}
    labels.update(FIXED)
    labels["to_region"] = dimensions.region
    labels["job_region"] = dimensions.region
    labels["lever"] = tuple(dict.fromkeys(levers)) or (NO_LEVER,)
    labels["item"] = tuple(dict.fromkeys(items)) or (NO_LEVER,)
    return labels


def sizes(labels: Mapping[str, Sequence[Label]]) -> dict[str, int]:
    """Number of labels by dimension: what a :class:`~techsim.results.recorder.Recorder` asks for."""
    return {name: len(values) for name, values in labels.items()}


def age_group_starts() -> tuple[int, ...]:
    """First age of each age group, in order; group of an age: ``min(age // AGE_GROUP_YEARS, groups - 1)``."""
    return tuple(chain(range(0, OLDEST_AGE_GROUP, AGE_GROUP_YEARS), (OLDEST_AGE_GROUP,)))


def of_scenario(scenario: Scenario, catalogue: Catalogue, dimensions: Dimensions) -> dict[str, tuple[Label, ...]]:
    """Labels by group dimension of a scenario's results: :func:`coordinates` with its levers and what they spend on."""
    levers = [lever.name for lever in scenario.levers]
    return coordinates(dimensions, levers, chain.from_iterable(catalogue.levers[name].items for name in levers))
