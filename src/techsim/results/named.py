"""Numbers with named axes: as much of an xarray DataArray as sums by group ask for, at a tenth of its time a step."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import xarray as xr

Values = npt.NDArray[Any]
Labels = Mapping[Hashable, Sequence[Any]]


class Named:
    """An array with a name for each axis, and labels along it; methods are those of an xarray DataArray.

    Parameters
    ----------
    values : array
    dims : sequence of names of its axes
    labels : mapping of a name to the labels along that axis
        Of other axes too.
    """

    def __init__(self, values: Values, dims: Sequence[Hashable], labels: Labels) -> None:
        self.values, self.dims, self.labels = values, tuple(dims), labels
        self.attrs: dict[str, Any] = {}

    @property
    def shape(self) -> tuple[int, ...]:
        """Lengths of the axes."""
        return self.values.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        """Type of the values."""
        return self.values.dtype

    def copy(self, data: Values) -> Named:
        """Other values of the same axes."""
        return Named(data, self.dims, self.labels)

    def reduce(self, function: Callable[..., Values], over: Sequence[Hashable]) -> Named:
        """``function`` (values, axis) over some axes."""
        found = function(self.values, axis=tuple(self.dims.index(dim) for dim in over))
        return Named(found, [dim for dim in self.dims if dim not in over], self.labels)

    def sum(self, over: str | Sequence[Hashable], skipna: bool) -> Named:
        """Sum over one axis or several; what is unknown stays unknown."""
        assert not skipna
        return self.reduce(np.sum, [over] if isinstance(over, str) else over)

    def sel(self, drop: bool = False, **chosen: Any) -> Named:
        """The part with one label of an axis, which then goes, or with a list of labels."""
        ((dim, wanted),) = chosen.items()
        axis, labels = self.dims.index(dim), list(self.labels[dim])
        before: tuple[Any, ...] = (slice(None),) * axis
        if isinstance(wanted, list):
            part = self.values[(*before, [labels.index(label) for label in wanted])]
            return Named(part, self.dims, {**self.labels, dim: wanted})
        part = self.values[(*before, labels.index(wanted))]
        return Named(part, self.dims[:axis] + self.dims[axis + 1 :], self.labels)


def named(data: xr.Dataset) -> dict[str, Named]:
    """The variables of a Dataset, and its coordinates as arrays along themselves."""
    labels = {dim: data[dim].values.tolist() for dim in data.dims if dim in data.coords}
    return {str(name): Named(variable.values, variable.dims, labels) for name, variable in data.variables.items()}
