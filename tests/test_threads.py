"""Threads change nothing: the real model gives equal bytes in workers, in this process, and with any numpy."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

SCENARIO = """\
extends: {baseline}
name: Threads
period: {{start: 2008-01, end: 2009-12}}
population: {{scale: 2000}}
draws: {{number: 2, seed: 3}}
"""
BASELINE = Path(__file__).resolve().parents[1] / "scenarios" / "baseline.yaml"
LIBRARIES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")


def python(*arguments: str, libraries: str = "") -> str:
    """Run Python to its end; libraries have this many threads, or as many as they like. What it prints."""
    environment = {name: value for name, value in os.environ.items() if name not in LIBRARIES}
    environment |= dict.fromkeys(LIBRARIES, libraries) if libraries else {}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario of two years at a coarse scale, run in one thread and in two, the latter with libraries of one."""
    folder = tmp_path_factory.mktemp("threads")
    scenario = folder / "threads.yaml"
    scenario.write_text(SCENARIO.format(baseline=BASELINE.as_posix()), encoding="utf-8")
    for name, threads, libraries in (("one", "1", ""), ("two", "2", "1")):
        options = ("--out", str(folder / name), "--threads", threads, "--quiet")
        python("-m", "techsim", "run", str(scenario), *options, libraries=libraries)
    return folder


@pytest.mark.parametrize("name", ["results.nc", "summary.csv", "report.html"])
def test_threads_change_no_byte(folder: Path, name: str) -> None:
    """Neither those of techsim nor those of the libraries: both differ between the two runs."""
    one, two = ((folder / which / name).read_bytes() for which in ("one", "two"))
    if name == "report.html":  # its last line says how long the run took
        one, two = (re.sub(rb"computed in \d+ s", b"", page) for page in (one, two))
    assert one == two


def test_draws_of_their_own_differ(folder: Path) -> None:
    """The two draws are not one draw twice, and the first is the one that runs alone."""
    import xarray as xr

    import techsim

    one = techsim.load(folder / "threads.yaml").run(draws=1)
    with xr.open_dataset(folder / "one" / "results.nc") as both:
        assert not both["employed"].isel(draw=0).equals(both["employed"].isel(draw=1))
        for variable in ("employed", "entrants", "output_gap"):
            np.testing.assert_array_equal(both[variable].values[0], one[variable].values[0], err_msg=variable)


def test_tables_have_the_same_last_digit_with_any_number_of_library_threads() -> None:
    """numpy's linear algebra adds in another order when it uses more threads; the tables must not."""
    program = """
import hashlib, pickle
from techsim.data.cycle import cycle_paths, gap_path, path_ends
from techsim.data.inputs import load_tables
from techsim.population.clock import month_index
from techsim.population.synthetic import synthesise
first = month_index(2008, 1)
digest = hashlib.sha256()
for path in cycle_paths():
    digest.update(gap_path(path, first, path_ends()[path]).tobytes())
people = synthesise(load_tables(), 1, 1000, first)
for name in sorted(people._store):
    digest.update(getattr(people, name).tobytes())
print(digest.hexdigest())
"""
    assert len({python("-c", program, libraries=threads) for threads in ("1", "2", "4", "")}) == 1
