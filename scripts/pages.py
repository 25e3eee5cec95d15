"""What the scripts that write pages of docs/ share: runs of the scenarios, and numbers with their spread."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import xarray as xr

import techsim
from techsim.experiment.twins import twins

ROOT = Path(__file__).resolve().parent.parent


def run(base: str, end: str, draws: int, parameters: tuple[str, ...] = (), levers: str = "") -> xr.Dataset:
    """A scenario of the repository with another end, parameters and levers."""
    with tempfile.TemporaryDirectory() as folder:
        file = _file(Path(folder) / "page.yaml", base, end, parameters, levers)
        return techsim.load(file).run(draws=draws, threads=os.cpu_count() or 1)


def pair(
    base: str, other: str, end: str, draws: int, levers: str = "", both: str = ""
) -> tuple[xr.Dataset, xr.Dataset]:
    """Two scenarios of the repository with another end, on the same people and luck.

    ``levers`` are the second's, and ``both`` what else both say, in YAML.
    """
    with tempfile.TemporaryDirectory() as folder:
        one = _file(Path(folder) / "one.yaml", base, end, (), both)
        two = _file(Path(folder) / "two.yaml", other, end, (), both + levers)
        return twins(one, two, draws, threads=os.cpu_count() or 1)


def _file(path: Path, base: str, end: str, parameters: tuple[str, ...], levers: str) -> Path:
    lines = [f"name: {path.stem}", f"extends: {(ROOT / 'scenarios' / base).as_posix()}", f"period: {{end: {end}}}"]
    lines += ["parameters:", *(f"  {p}" for p in parameters)] if parameters else []
    path.write_text("\n".join(lines) + "\n" + levers, encoding="utf-8")
    return path


def spread(values: xr.DataArray, digits: int = 0) -> str:
    """Mean, lowest and highest draw."""
    mean, low, high = (float(f()) for f in (values.mean, values.min, values.max))
    return f"{mean:,.{digits}f} ({low:,.{digits}f} to {high:,.{digits}f})"


def percent(values: xr.DataArray) -> str:
    """The same as a change in percent."""
    mean, low, high = (100 * float(f()) for f in (values.mean, values.min, values.max))
    return f"{mean:+.0f} % ({low:+.0f} to {high:+.0f})"


def with_error(values: xr.DataArray, digits: int = 0, unit: float = 1.0) -> str:
    """Mean over draws and its standard error in brackets."""
    known = (values / unit).dropna("draw")
    error = float(known.std(ddof=1)) / max(known.sizes["draw"], 1) ** 0.5
    return f"{float(known.mean()):,.{digits}f} ({error:,.{digits}f})"
