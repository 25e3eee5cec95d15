"""The manifest: what was run, with what, where, and how long it took."""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

PACKAGES = ("numpy", "numba", "mesa", "xarray", "netCDF4", "pydantic", "pandas", "plotly", "XlsxWriter")


class Record(Protocol):
    """What the manifest tells of a draw."""

    @property
    def draw(self) -> int:
        """Number of the draw."""

    @property
    def seed(self) -> int:
        """Seed of its random numbers."""

    @property
    def parameters(self) -> Mapping[str, float]:
        """Every parameter by name."""

    @property
    def timings(self) -> Mapping[str, float]:
        """Seconds by part."""


def environment() -> dict[str, Any]:
    """Python, packages, system and number of processors; nothing that names the machine or its user."""
    packages: dict[str, str | None] = {}
    for package in PACKAGES:
        try:
            packages[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            packages[package] = None
    return {
        "python": platform.python_version(),
        "implementation": platform.python_implementation(),
        "packages": packages,
        "system": platform.system(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "byte_order": sys.byteorder,
    }


def revision() -> dict[str, Any] | None:
    """Commit of the checkout that the package runs from and whether its files differ from it; None if there is none."""
    root = Path(__file__).resolve().parents[3]
    if not (root / ".git").exists():
        return None

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=5, check=True).stdout.strip()

    try:
        return {"commit": git("rev-parse", "HEAD"), "changed": bool(git("status", "--porcelain", "--", "src"))}
    except (OSError, subprocess.SubprocessError):
        return None


def build(
    *,
    version: str,
    scenario: Mapping[str, Any],
    scenario_hash: str,
    overrides: Sequence[Any],
    seed: int,
    scale: float,
    records: Sequence[Record],
    timings: Mapping[str, float],
) -> dict[str, Any]:
    """The manifest as a dictionary that JSON can hold.

    Parameters
    ----------
    scenario : mapping
        The scenario as resolved.
    overrides : sequence
        Log of values that a later file or an option replaced.
    records : sequence of records
        The draws: seeds, parameter sets and seconds per entry of the schedule.
    timings : mapping
        Seconds per phase of the run.
    """
    records = sorted(records, key=lambda record: record.draw)
    schedule: dict[str, float] = {}
    for record in records:
        for entry, seconds in record.timings.items():
            schedule[entry] = schedule.get(entry, 0.0) + seconds
    first = dict(sorted(records[0].parameters.items())) if records else {}
    return {
        "techsim": version,
        "revision": revision(),
        "scenario": dict(scenario),
        "scenario_hash": scenario_hash,
        "overrides": list(overrides),
        "seed": seed,
        "draws": len(records),
        "scale": scale,
        "parameters": first,
        "parameters_by_draw": [
            {
                "draw": record.draw,
                "seed": record.seed,
                "different": {k: v for k, v in sorted(record.parameters.items()) if first.get(k) != v},
            }
            for record in records
        ],
        "environment": environment(),
        "timings": {
            "phases": {name: round(seconds, 4) for name, seconds in timings.items()},
            "schedule": {name: round(seconds, 4) for name, seconds in schedule.items()},
        },
    }


def write(manifest: Mapping[str, Any], path: Path) -> None:
    """Write ``manifest.json``: UTF-8, indented, strict JSON (numbers that are not finite become text)."""
    text = json.dumps(_plain(manifest), indent=2, ensure_ascii=False, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def read(directory: Path) -> dict[str, Any]:
    """The manifest of a directory of results; FileNotFoundError if it has none."""
    content: dict[str, Any] = json.loads((directory / "manifest.json").read_text(encoding="utf-8"))
    return content


def _plain(value: Any) -> Any:
    """``value`` in the types that JSON knows."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    if hasattr(value, "item"):
        return _plain(value.item())
    return str(value)
