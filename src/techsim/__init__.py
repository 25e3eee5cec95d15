"""techsim: what becomes of technical talent in the Netherlands, and what a policy would change.

>>> import techsim
>>> study = techsim.load("scenarios/baseline.yaml")  # doctest: +SKIP
>>> results = study.run(draws=10)  # doctest: +SKIP

Importing the package imports nothing heavy; compilers and data frames are loaded where they are used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from techsim.compiling import prepare_cache

if TYPE_CHECKING:
    import os

    from techsim.experiment.study import Study

__version__ = "0.1.0"
__all__ = ["__version__", "load"]

prepare_cache()


def load(path: str | os.PathLike[str]) -> Study:
    """Read and check a scenario file, ready to run.

    Parameters
    ----------
    path : path
        The YAML file.

    Returns
    -------
    Study
        Its method ``run`` returns the results as an xarray Dataset.

    Raises
    ------
    techsim.scenario.ScenarioError
        If the file cannot be used; the message names file, line and field.
    """
    from techsim.experiment.study import load as load_study

    return load_study(path)
