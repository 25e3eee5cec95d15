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

    import xarray as xr

    from techsim.experiment.study import Study

__version__ = "0.1.0"
__all__ = ["__version__", "compare", "load"]

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


def compare(
    base: Study | str | os.PathLike[str],
    *alternatives: Study | str | os.PathLike[str],
    draws: int | None = None,
    seed: int | None = None,
    scale: int | None = None,
    parameters: str | os.PathLike[str] | None = None,
    end: str | None = None,
    threads: int = 1,
    discount: float | None = None,
    out: str | os.PathLike[str] | None = None,
) -> xr.Dataset:
    """Run a baseline and alternatives on the same people and the same luck, draw by draw.

    Parameters
    ----------
    base, *alternatives : path or Study
        The scenarios. Draws, seed and scale are the baseline's for all; they are compared to the earliest end.
    draws, seed, scale : int, optional
        In place of the baseline's.
    parameters : "default", "prior" or path, optional
        Where the draws of all scenarios have their parameters from, in place of the baseline's ``draws.parameters``.
    end : str, optional
        Last month of all scenarios, YYYY-MM, in place of their own.
    threads : int
        Draws that run side by side, as in ``Study.run``.
    discount : float, optional
        Rate a year at which public money is discounted; 0.0225 if left out.
    out : path, optional
        Directory to write ``comparison.nc``, ``comparison.csv``, ``comparison.xlsx`` and ``manifest.json`` to (no
        report: see ``techsim compare``).

    Returns
    -------
    xarray.Dataset
        Dims ``scenario`` (the baseline first), ``draw``, ``year``, ``horizon`` and the groups; an effect is a
        difference along ``scenario`` within a draw. ``techsim.results.effects.rows`` has their statistics.

    Raises
    ------
    techsim.scenario.ScenarioError
        If a file cannot be used or an option is out of bounds.
    techsim.experiment.comparing.ComparisonError
        If the scenarios cannot be compared.
    """
    from techsim.experiment.comparing import compare as compare_scenarios

    return compare_scenarios(
        base,
        *alternatives,
        draws=draws,
        seed=seed,
        scale=scale,
        parameters=parameters,
        end=end,
        threads=threads,
        discount=discount,
        out=out,
    )
