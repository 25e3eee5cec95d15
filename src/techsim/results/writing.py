"""Writing results: a directory stands whole or not at all, and the same run gives the same bytes."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import xarray as xr

RESULTS, SUMMARY, REPORT, MANIFEST = "results.nc", "summary.csv", "report.html", "manifest.json"
FILES = (
    RESULTS, SUMMARY, REPORT, MANIFEST, "comparison.nc", "comparison.csv", "comparison.xlsx", "comparison.parquet",
    "goal.json", "goal.csv", "bottleneck.json", "bottleneck.csv",
    "sensitivity.json", "sensitivity.csv", "points.csv", "frontier.json", "frontier.csv", "trials.csv",
    "parameters.csv", "parameters.parquet", "parameters_confirmed.csv",
)  # fmt: skip
"""Files that techsim itself puts in a directory of results, and may therefore replace."""

_PARTIAL, _REPLACED = "partial", "replaced"
_LEFTOVER = re.compile(r"\.(?P<target>.+)\.(?P<host>[^.-]+)-(?P<process>\d+)-[0-9a-f]{8}\.(?P<kind>partial|replaced)")
_QUIET = 3600.0
"""Seconds without a change after which what a dead process left of another target goes as well."""
_writing: set[Path] = set()


class TargetError(ValueError):
    """The directory given for the results cannot be used; the message says why and what to do."""


def check_target(target: Path) -> Path:
    """The absolute path of a directory that results may be written to; sweeps what killed runs left beside it.

    Raises
    ------
    TargetError
        If it is a file, or holds anything but earlier results of techsim, or nothing can be written there.
    """
    target = Path(os.path.realpath(target))
    sweep(target)
    if target.exists() and not target.is_dir():
        raise TargetError(f"{target} is a file, not a directory; choose another place with --out")
    if target.is_dir():
        found = sorted(entry.name for entry in target.iterdir())
        foreign = [name for name in found if name not in FILES]
        if found and MANIFEST not in found:
            raise TargetError(f"{target} is not empty and holds no results of techsim; choose another place with --out")
        if found and not _is_manifest(target / MANIFEST):
            raise TargetError(f"{target / MANIFEST} is not of techsim; choose another place with --out")
        if foreign:
            raise TargetError(
                f"{target} also holds {', '.join(foreign[:5])}, which replacing the results would delete; "
                "move it, or choose another place with --out"
            )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TargetError(f"{target.parent} cannot be made: {error.strerror}") from error
    try:  # what the rights say does not tell: those of a read-only disk, or of /proc, do not hold
        os.rmdir(tempfile.mkdtemp(prefix=".techsim.", dir=target.parent))
    except OSError as error:
        raise TargetError(f"{target.parent} cannot be written to; choose another place with --out") from error
    return target


def _is_manifest(path: Path) -> bool:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "techsim" in content


@contextmanager
def whole_directory(target: Path) -> Iterator[Path]:
    """A directory to fill, which becomes ``target`` when the block ends without an error.

    It lies beside ``target`` under a name that begins with a dot. Its files reach the disk before it is renamed. An
    earlier ``target`` is moved aside first and removed last, and is back in place should the rename fail.
    """
    target = check_target(target)
    mark = f"{_host()}-{os.getpid()}-{secrets.token_hex(4)}"
    partial = target.with_name(f".{target.name}.{mark}.{_PARTIAL}")
    replaced = target.with_name(f".{target.name}.{mark}.{_REPLACED}")
    _writing.add(partial)
    try:
        partial.mkdir()
        yield partial
        for path in sorted(partial.iterdir()):
            _to_disk(path)
        _to_disk(partial)
        if target.exists():
            _move_aside(target, replaced)
        try:
            partial.rename(target)
        except OSError:
            if replaced.exists():
                replaced.rename(target)
            raise
        _to_disk(target.parent)
    finally:
        _writing.discard(partial)
        shutil.rmtree(partial, ignore_errors=True)
        if target.exists():
            shutil.rmtree(replaced, ignore_errors=True)


def _move_aside(target: Path, replaced: Path) -> None:
    try:
        target.rename(replaced)
    except PermissionError as error:  # Windows: a file in it is open
        raise TargetError(f"{target} is in use by another program; close its files, or choose another place") from error


def abandon() -> None:
    """Remove what this process is writing: for a stop that cannot wait for the writer."""
    for partial in tuple(_writing):
        for _ in range(5):  # the writer may add a file while the others go
            shutil.rmtree(partial, ignore_errors=True)
            if not partial.exists():
                break


def sweep(target: Path) -> None:
    """Remove what killed processes of this machine left in the folder of ``target``, of whatever target.

    Results that they had moved aside come back where nothing stands in their place. What they left of another target
    must have lain untouched for ``_QUIET`` seconds.
    """
    if not target.parent.is_dir():
        return
    for path in sorted(target.parent.iterdir()):
        found = _LEFTOVER.fullmatch(path.name)
        if found is None or found["host"] != _host() or _alive(int(found["process"])):
            continue
        with suppress(OSError):  # another run may sweep too
            if found["target"] != target.name and time.time() - path.stat().st_mtime < _QUIET:
                continue
            place = path.with_name(found["target"])
            if found["kind"] == _REPLACED and not place.exists():
                path.rename(place)
            else:
                shutil.rmtree(path, ignore_errors=True)


def _host() -> str:
    """The machine's name in letters and digits: another machine's process cannot be asked whether it lives."""
    return "".join(c for c in socket.gethostname() if c.isalnum()) or "host"


def _alive(process: int) -> bool:
    if process == os.getpid():
        return bool(_writing)
    if sys.platform == "win32":
        import ctypes

        query, still_active = 0x1000, 259
        handle = ctypes.windll.kernel32.OpenProcess(query, False, process)
        if not handle:
            return False
        code = ctypes.c_ulong()
        ctypes.windll.kernel32.GetExitCodeProcess(handle, ctypes.byref(code))
        ctypes.windll.kernel32.CloseHandle(handle)
        return code.value == still_active
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _to_disk(path: Path) -> None:
    """Flush a file or directory to the disk; Windows flushes no directories."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_dataset(data: xr.Dataset, path: Path) -> None:
    """Write ``results.nc``: netCDF4, compressed, variables in name order, no clock and no machine in it.

    Counts with unknown years are int32 with a fill value in the file and float64 with NaN once opened again.
    """
    ordered = in_name_order(data)
    encoding: dict[Any, dict[str, Any]] = {name: _encoding(v) for name, v in ordered.data_vars.items()}
    for name in ordered.coords:
        encoding[name] = {"dtype": ordered[name].dtype} if ordered[name].dtype.kind == "i" else {}
    if "time" in ordered.coords:
        days = {"units": "days since 1900-01-01", "calendar": "proleptic_gregorian", "dtype": np.dtype("int32")}
        encoding["time"] = days
    ordered.to_netcdf(path, engine="netcdf4", format="NETCDF4", encoding=encoding)


def in_name_order(data: xr.Dataset) -> xr.Dataset:
    """The Dataset with its variables in name order, and all its coordinates: those along no variable too."""
    ordered = data[sorted(str(name) for name in data.data_vars)]
    return ordered.assign_coords({name: data.coords[name] for name in data.coords if name not in ordered.coords})


def _encoding(variable: xr.DataArray) -> dict[str, Any]:
    encoding: dict[str, Any] = {"zlib": True, "complevel": 1, "shuffle": True}
    values = variable.values
    if values.dtype.kind == "f" and variable.attrs.get("kind") in ("stock", "flow"):
        known = values[~np.isnan(values)]
        if known.size == 0 or (np.abs(known).max() < np.iinfo(np.int32).max and (known == np.rint(known)).all()):
            encoding |= {"dtype": np.dtype("int32"), "_FillValue": np.iinfo(np.int32).min}
    return encoding


def read_dataset(directory: Path) -> xr.Dataset:
    """The Dataset of a directory of results, loaded; FileNotFoundError if it holds none."""
    import xarray as xr

    with xr.open_dataset(directory / RESULTS, engine="netcdf4") as data:
        return data.load()
