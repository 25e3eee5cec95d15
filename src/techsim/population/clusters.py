"""Clusters of the start (W5): where firms of a sector are decides where its jobs are.

Two people of the same group (education, sex, whether at work) who work in different regions exchange their jobs,
occupation and type of employer together, with chance

    min(1, q[r, s'] q[r', s] / (q[r, s] q[r', s']))

q being the quotient of table ``region_sectors``, r and r' the regions where they work, s and s' the sectors of their
jobs. Exchanges keep every total to the person: of occupations and sectors in each group, and of jobs and commuters in
each region. Chance settles where odds ratios between regions and sectors are those of q, which is what proportional
fitting to the same margins gives. After the start nothing holds clusters: they last as employers replace who leaves.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from techsim.data.dimensions import Dimensions
from techsim.population.draws import uniforms
from techsim.population.kernels import exchange_jobs
from techsim.population.people import People
from techsim.population.randomness import Purpose
from techsim.population.rounding import by_group
from techsim.population.states import Labour

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.int64]
SWEEPS = 3
"""Times that everyone meets a partner at each distance; odds are settled well before."""
FIRST_DRAW = 16
"""First draw of purpose START_JOB that exchanges use; each meeting takes the next."""


def gather(people: People, jobs: Rows, trained: Rows, dims: Dimensions, quotients: Floats, seed: int) -> None:
    """Exchange jobs until sectors are where their firms are.

    Parameters
    ----------
    people : People
        With occupation, employer and job region; occupation and employer are changed.
    jobs : int64 (n,)
        Rows of those in the labour force (the unemployed hold their last job).
    trained : int64 (m,)
        Of these or others, rows of apprentices and who stayed with the employer who trained them: their occupation is
        that of their training, so they exchange employers within occupation and job level only.
    quotients : float64 (regions, sectors)
    """
    others = np.zeros(people.size, dtype=np.bool_)
    others[jobs] = True
    others[trained] = False
    jobs = np.flatnonzero(others)
    p, levels = people, len(dims.level)
    group = p.level[jobs].astype(np.int64) * (dims.general + 1) + p.field[jobs]
    group = 2 * (2 * group + p.sex[jobs]) + (p.labour[jobs] == int(Labour.UNEMPLOYED))
    _exchange(people, jobs, group, dims, quotients, seed)
    group = p.occupation[trained].astype(np.int64) * levels + p.job_level[trained]
    _exchange(people, trained, group, dims, quotients, seed)


def _exchange(people: People, rows: Rows, group: Rows, dims: Dimensions, quotients: Floats, seed: int) -> None:
    """People lie by group in an order of luck; at each distance 2^k those at positions i and i xor 2^k meet."""
    if rows.size < 2 or np.ptp(quotients) == 0.0:
        return
    ids = people.id[rows]
    order = by_group(group, uniforms(seed, int(Purpose.START_JOB), ids, 0, FIRST_DRAW - 1), ids)
    rows, group, ids = rows[order], group[order], ids[order]
    region, occupation, employer = people.job_region[rows], people.occupation[rows], people.employer[rows]
    sizes = np.bincount(group)
    within, size = np.arange(rows.size) - (np.cumsum(sizes) - sizes)[group], sizes[group]
    odds, sector_of = np.log(quotients), np.asarray(dims.employer_sector, dtype=np.int64)
    distances = 2 ** np.arange(int(size.max()).bit_length())
    for k, distance in enumerate(np.tile(distances, SWEEPS)):
        exchange_jobs(
            seed=seed,
            draw=FIRST_DRAW + k,
            distance=distance,
            ids=ids,
            within=within,
            size=size,
            region=region,
            odds=odds,
            sector_of=sector_of,
            occupation=occupation,
            employer=employer,
        )
    people.occupation[rows], people.employer[rows] = occupation, employer
