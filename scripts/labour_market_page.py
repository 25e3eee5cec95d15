"""Write docs/labour_market.md and its pictures from runs of the model: ``python scripts/labour_market_page.py``.

Some eight minutes on two cores. With ``--keep FOLDER`` the runs are kept there, and taken from there the next time:
to change the words without running again.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import xarray as xr
from labour_market_figures import PICTURES
from labour_market_sections import SECTIONS

import techsim

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "labour_market.md"


@dataclass(frozen=True)
class Plan:
    """A run that the page needs."""

    scenario: str
    end: str
    draws: int
    scale: int = 100


PLANS: Mapping[str, Plan] = {
    "historical": Plan("historical", "2018-12", 40),
    "baseline": Plan("baseline", "2033-08", 8),
    "recession": Plan("recession_2026", "2033-08", 8),
    "boom": Plan("boom", "2033-08", 4),
    "baseline_25": Plan("baseline", "2033-08", 1, 25),
    "recession_25": Plan("recession_2026", "2033-08", 1, 25),
    "baseline_400": Plan("baseline", "2033-08", 8, 400),
    "recession_400": Plan("recession_2026", "2033-08", 8, 400),
}
"""The runs behind the page."""


def run(plan: Plan) -> xr.Dataset:
    """The results of a run."""
    lines = [
        f"name: {plan.scenario}",
        f"extends: {(ROOT / 'scenarios' / plan.scenario).as_posix()}.yaml",
        f"period: {{end: {plan.end}}}",
        f"population: {{scale: {plan.scale}}}",
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.yaml"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return techsim.load(file).run(draws=plan.draws, threads=os.cpu_count() or 1)


def runs(folder: Path | None) -> dict[str, xr.Dataset]:
    """Every run; taken from ``folder`` where it is kept there."""
    found = {}
    for name, plan in PLANS.items():
        kept = None if folder is None else folder / f"{name}.nc"
        if kept is not None and kept.exists():
            found[name] = xr.load_dataset(kept)
            continue
        start = time.perf_counter()
        found[name] = run(plan)
        print(f"{name}: {time.perf_counter() - start:.0f} s", flush=True)
        if kept is not None:
            found[name].to_netcdf(kept)
    return found


def main() -> int:
    """Run, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--keep", type=Path, help="folder in which runs are kept")
    data = runs(parser.parse_args().keep)
    folder = PAGE.parent / "figures"
    folder.mkdir(exist_ok=True)
    for name, picture in PICTURES.items():
        (folder / f"{name}.svg").write_text(picture(data), encoding="utf-8", newline="\n")
    text = "\n".join(line for section in SECTIONS for line in section(data))
    PAGE.write_text(re.sub(r"(\d)%", r"\1 %", text), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
