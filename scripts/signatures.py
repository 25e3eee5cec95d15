"""Write src/techsim/experiment/signatures.txt, what a run compiles: ``python scripts/signatures.py``.

``tests/experiment/test_warming.py`` fails when the list is older than the kernels.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from techsim.experiment import signatures

ROOT = Path(__file__).resolve().parent.parent
TIMES = 3
"""Runs at most: one that compiles, one that loads, and one more where another process compiles at the same time."""


def run() -> list[str]:
    """The lines of a run with every lever, in this process; none if it had to compile."""
    from techsim.model.catalogue import catalogue
    from techsim.model.simulation import TechsimModel
    from techsim.scenario import load, load_text

    known = catalogue()
    has = {lever.name for lever in load(ROOT / "scenarios" / "baseline.yaml", known).levers}
    levers = "".join(f"  - {name}: {{start: 2011-07}}\n" for name in sorted(known.levers) if name not in has)
    text = f"name: every lever\nextends: baseline.yaml\nperiod: {{end: 2013-12}}\nlevers:\n{levers}"
    model = TechsimModel(load_text(text, known, folder=ROOT / "scenarios"), scale=2000)
    while model.running:
        model.step()
    return sorted(signatures.loaded())


def found() -> list[str]:
    """The lines of a run that finds all machine code made."""
    for _ in range(TIMES):
        done = subprocess.run([sys.executable, __file__, "--run"], capture_output=True, text=True, check=True)
        if lines := done.stdout.splitlines():
            return lines
    raise RuntimeError("the run still compiles: numba's cache cannot be written")


if __name__ == "__main__":
    if sys.argv[1:] == ["--run"]:
        print(*run(), sep="\n", end="")
    else:
        signatures.LIST.write_text("\n".join(found()) + "\n", encoding="utf-8")
