"""What schools teach, from month to month (L6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass
class Curriculum:
    """State of what is taught.

    frontier : (fields,), and vintage : (fields, levels, regions), log units of content, the frontier at the start being
    zero. usual : rho_0, what usual investment renews [share of the lag a year]. taught : (fields, levels, regions),
    skill currency at graduation.
    """

    frontier: Floats
    vintage: Floats
    usual: float
    taught: Floats
