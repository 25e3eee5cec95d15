"""The parameters of each draw, where draws differ in them: in the Dataset, and as ``parameters.csv``.

``parameters.csv`` has a row per draw and can be given back as ``draws: {parameters: PATH}`` or ``--parameters PATH``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

PARAMETERS_CSV, PARAMETERS_PARQUET = "parameters.csv", "parameters.parquet"
DIM, VALUES = "parameter", "parameter_values"
SAME = "default"
"""The source of parameters with which all draws have the same."""


class Drawn(Protocol):
    """What is needed of a draw."""

    @property
    def seed(self) -> int: ...
    @property
    def parameters(self) -> Mapping[str, float]: ...


def with_parameters(data: xr.Dataset, drawn: Sequence[Drawn], source: str) -> xr.Dataset:
    """The Dataset with attribute ``parameters``, where they are from, and, where draws differ, what they are.

    These are a coordinate, ``parameter_values`` (draw, parameter), and no variable, since they are nothing that the
    model found; of a comparison those of the baseline.

    Parameters
    ----------
    drawn : sequence
        The draws, in the order of ``data``, that of their numbers.
    source : str
        ``default``, ``prior``, or the name of a file.
    """
    data.attrs["parameters"] = source
    if source == SAME:
        return data
    names = sorted(drawn[0].parameters)
    values = np.array([[draw.parameters[name] for name in names] for draw in drawn], dtype=np.float64)
    about = {"long_name": "value of each parameter in the draw", "units": "see techsim explain"}
    return data.assign_coords({DIM: names, VALUES: (("draw", DIM), values, about)})


def write(data: xr.Dataset, directory: Path, tables: bool = False) -> None:
    """Write the files of a Dataset that has parameters by draw; none of one that has not. ``tables``: Parquet too."""
    if VALUES not in data.coords:
        return
    names = [str(name) for name in data[DIM].values]
    values = [dict(zip(names, (float(x) for x in row), strict=True)) for row in data[VALUES].values]
    seeds = [int(seed) for seed in data["seed"].values]
    write_csv(list(zip(seeds, values, strict=True)), directory / PARAMETERS_CSV)
    if tables:
        import pyarrow as pa
        from pyarrow import parquet

        columns: dict[str, Any] = {
            "draw": pa.array(data["draw"].values.tolist(), type=pa.int32()), "seed": pa.array(seeds, type=pa.int64()),
        }  # fmt: skip
        columns |= {name: pa.array([row[name] for row in values], type=pa.float64()) for name in names}
        parquet.write_table(pa.table(columns), directory / PARAMETERS_PARQUET, compression="zstd")


def write_of(manifest: Mapping[str, Any], directory: Path) -> None:
    """Write ``parameters.csv`` from the manifest of an experiment whose draws differ in parameters."""
    if manifest["parameters_from"]["source"] == SAME or not manifest["parameters_by_draw"]:
        return
    first = manifest["parameters"]
    drawn = [(draw["seed"], {**first, **draw["different"]}) for draw in manifest["parameters_by_draw"]]
    write_csv(drawn, directory / PARAMETERS_CSV)


def write_csv(drawn: Sequence[tuple[int, Mapping[str, float]]], path: Path) -> None:
    """Write ``parameters.csv``: draw, seed, and a column per parameter at full precision, by name."""
    names = sorted(drawn[0][1])
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["draw", "seed", *names])
        lines.writerows(
            [number, seed, *(repr(own[name]) for name in names)] for number, (seed, own) in enumerate(drawn)
        )
