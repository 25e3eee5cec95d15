"""First jobs of those who left education shortly before the run (W2): found by matching, as all later ones are.

The start population works where the tables say that people of an education work, at all ages. Who has just left
education stands at the beginning of that road: what the tables spread over a life would show as leakage. So last
summer's leavers apply in the market of the start, among all who search then, round by round, until they are hired.
Everyone else's hires are undone: in a market that stands still, as many vacancies are filled by them as are opened;
what leavers take is gone, as they come all at once. Apprentices whom their employer
kept (:func:`~techsim.population.start_jobs.kept_apprentices`) do not apply. Who finds nothing in a year of rounds keeps
the job of the tables.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.mechanisms.working.employers import Counts
from techsim.mechanisms.working.matching.declare import ROUNDS
from techsim.mechanisms.working.matching.hiring.kernels import find_best
from techsim.mechanisms.working.matching.process import apply, find, prospects_of, seekers, traits_of
from techsim.mechanisms.world import World
from techsim.population.clock import MONTHS
from techsim.population.rounding import GOLDEN
from techsim.population.states import NONE, Labour, Stage

OPEN_BEFORE = 240_200
"""Open vacancies in the last quarter of 2007 (public_figures P0773)."""
JOB = ("occupation", "job_level", "job_region", "employer")


def find_first_jobs(world: World, settled: npt.NDArray[np.bool_]) -> None:
    """Let workers who left education in the last year find their jobs by matching, before the first month.

    Parameters
    ----------
    world : World
        Of the month before the first, with hooks. Its labour market is used up: it has to be made anew afterwards.
    settled : bool (n,)
        Who has a first job already.
    """
    people, labour = world.people, world.labour
    fresh = (people.labour == int(Labour.EMPLOYED)) & (people.stage == int(Stage.OUT)) & ~settled
    fresh &= people.left_education > world.month - MONTHS
    rows = np.flatnonzero(fresh)
    before = {name: getattr(people, name)[rows].copy() for name in (*JOB, "since")}
    people.labour[rows] = Labour.UNEMPLOYED
    people.occupation[rows] = people.job_level[rows] = NONE
    people.since[rows] = people.left_education[rows]
    who = seekers(world)
    hired, mine = np.zeros(who.size, dtype=np.bool_), fresh[who]
    open_to_them = world.parameters["matching.first_jobs"] * OPEN_BEFORE / world.scale
    labour.open_vacancies = thinned(labour.open_vacancies, open_to_them)
    traits, prospects = traits_of(world, who), prospects_of(world)
    for turn in range(ROUNDS * MONTHS):
        deciding = find(world, turn)
        vacancy, score = apply(world, who, traits, prospects, hired, deciding, turn)
        winners = find_best(traits.ids, vacancy, score, deciding.cell_of.size)
        winners = winners[mine[winners]]
        take(world, who[winners], deciding.cell_of[vacancy[winners]])
        hired[winners] = True
        if hired[mine].all():
            break
    none = people.occupation[rows] == NONE
    for name in JOB:
        column = getattr(people, name)
        column[rows[none]] = before[name][none]
    people.since[rows] = before["since"]
    people.labour[rows] = Labour.EMPLOYED


def thinned(vacancies: Counts, total: float) -> Counts:
    """About ``total`` of the vacancies with which the run begins, evenly spread; [E, G, L, R].

    Employers begin with all that the rounding of their cells asks for, and take half of it back in the first months.
    """
    kept = min(1.0, total / max(int(vacancies.sum()), 1))
    threshold = (np.arange(1, vacancies.size + 1) * GOLDEN % 1.0).reshape(vacancies.shape)
    return np.asarray(np.floor(kept * vacancies + threshold)).astype(np.int64)


def take(world: World, rows: Counts, cells: Counts) -> None:
    """Give ``rows`` (m,) the jobs that they won, in ``cells`` (m,), type of employer x group x level x region."""
    people, shape = world.people, world.labour.open_vacancies.shape
    for name, column in zip(
        ("employer", "occupation", "job_level", "job_region"), np.unravel_index(cells, shape), strict=True
    ):
        getattr(people, name)[rows] = column
    np.subtract.at(world.labour.open_vacancies.reshape(-1), cells, 1)
