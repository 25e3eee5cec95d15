"""What an education of the tables means in the population arrays, and the latent traits everyone is made with."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from techsim.data.demography import EDUCATION
from techsim.data.dimensions import Dimensions
from techsim.population.draws import fill_traits
from techsim.population.states import Diploma

Ids = npt.NDArray[np.uint64]
Codes = npt.NDArray[np.int8]

DIPLOMA_OF = {
    "basic": Diploma.NONE,
    "vmbo": Diploma.VMBO_TL,
    "mbo2": Diploma.MBO2,
    "mbo3": Diploma.MBO3,
    "mbo4": Diploma.MBO4,
    "havo": Diploma.HAVO,
    "vwo": Diploma.VWO,
    "hbo": Diploma.HBO,
    "wo": Diploma.WO_MASTER,
}
LEVEL_OF = {"basic": "mbo1", "vmbo": "mbo1", "havo": "mbo4", "vwo": "mbo4"}
"""Labour-market level where it is not the education's own name: havo and vwo are a startkwalificatie."""


def attained(education: npt.NDArray[np.int64], dims: Dimensions) -> tuple[Codes, Codes]:
    """Diploma and labour-market level of educations (indices of EDUCATION); two int8 arrays (n,)."""
    diploma, level = of_education(dims.level)
    return diploma[education], level[education]


@lru_cache
def of_education(levels: tuple[str, ...]) -> tuple[Codes, Codes]:
    """Diploma and labour-market level, of ``levels``, of each of EDUCATION, not to be changed; int8 (EDUCATION,)."""
    diploma = np.array([DIPLOMA_OF[e] for e in EDUCATION], dtype=np.int8)
    return diploma, np.array([levels.index(LEVEL_OF.get(e, e)) for e in EDUCATION], dtype=np.int8)


def traits(seed: int, ids: Ids) -> dict[str, npt.NDArray[np.float32]]:
    """Ability and affinity, standard normal, drawn once in a life; columns for ``People.add``."""
    ability, affinity = np.empty(ids.size, dtype=np.float32), np.empty(ids.size, dtype=np.float32)
    fill_traits(seed, ids, ability, affinity)
    return {"ability": ability, "affinity": affinity}


def choose_rows(cumulative: npt.NDArray[np.float64], draws: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Index drawn by each person from his or her own distribution.

    Parameters
    ----------
    cumulative : float64 (n, k)
        Running sums of each person's weights.
    draws : float64 (n,), uniform in (0, 1)

    Returns
    -------
    int64 (n,)
    """
    below = cumulative < (draws * cumulative[:, -1])[:, None]
    return np.asarray(np.minimum(below.sum(axis=1), cumulative.shape[1] - 1), dtype=np.int64)
