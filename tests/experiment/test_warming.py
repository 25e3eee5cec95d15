"""Compiling before a first run: the list is of today, several processes share it, and nothing hangs on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from programs import program
from techsim import compiling
from techsim.experiment import signatures, warming
from techsim.experiment.watching import Silent, Stopped, never

LISTED = (
    "techsim.population.birthdays.find_born(array(int16, 1), int64, array(int64, 1))",
    "techsim.population.draws.uniforms(int64, int64, array(uint64, 1), int64, int64)",
    "techsim.population.draws.normals(int64, int64, array(uint64, 1), int64, int64)",
)
CALL = """
import numpy as np
from techsim.population.draws import normals, uniforms
normals(1, 2, np.arange(3, dtype=np.uint64), 4, 0), uniforms(1, 2, np.arange(3, dtype=np.uint64), 4, 0)
print(sum(normals.stats.cache_misses.values()) + sum(uniforms.stats.cache_misses.values()))
"""


class Ear(Silent):
    """Hears of kernels."""

    def __init__(self) -> None:
        self.heard: list[tuple[int, int]] = []

    def kernels(self, done: int, total: int) -> None:
        self.heard.append((done, total))


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache without machine code, which workers use too; this process has loaded its own already."""
    monkeypatch.setenv(compiling.VARIABLE, str(tmp_path))
    monkeypatch.setattr(signatures, "listed", lambda: list(LISTED))
    with warming.wanted():
        yield tmp_path


def test_the_list_is_what_a_run_with_every_lever_calls() -> None:
    assert signatures.listed() == program("signatures").found(), "run: python scripts/signatures.py"


def test_lines_are_read_as_they_are_written() -> None:
    for line in signatures.listed():
        assert signatures.write(*signatures.read(line)) == line


def test_every_part_is_in_one_module_and_none_is_left_out() -> None:
    lines = signatures.listed()
    found = warming.parts(lines)
    assert sorted(line for part in found for line in part.lines) == sorted(lines)
    assert [part.number for part in found] == list(range(len(found)))
    assert all(len({signatures.module_of(line) for line in part.lines}) == 1 for part in found)
    lengths = [sum(map(len, part.lines)) for part in found]
    assert lengths == sorted(lengths, reverse=True)


def test_processes_leave_what_a_run_loads(empty: Path) -> None:
    ear = Ear()
    warming.warm(2, ear, never)
    assert ear.heard[-1] == (len(LISTED), len(LISTED))
    assert not compiling.is_incomplete()
    called = subprocess.run([sys.executable, "-c", CALL], capture_output=True, text=True, check=True, env=os.environ)
    assert called.stdout.split() == ["0"]
    again = Ear()
    with warming.wanted():
        warming.warm(2, again, never)
    assert not again.heard


def test_a_line_of_a_kernel_that_is_gone_stops_nothing(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = ["techsim.population.draws.gone(int64)", "techsim.gone.kernel(int64)", LISTED[1]]
    monkeypatch.setattr(signatures, "listed", lambda: old)
    ear = Ear()
    warming.warm(2, ear, never)
    assert ear.heard[-1] == (3, 3)


def test_one_that_is_stopped_is_not_complete(empty: Path) -> None:
    with pytest.raises(Stopped):
        warming.warm(2, Silent(), lambda: True)
    assert compiling.is_incomplete()


def test_one_thread_compiles_as_it_goes(empty: Path) -> None:
    ear = Ear()
    warming.warm(1, ear, never)
    assert not ear.heard
    assert not any(empty.iterdir())


def test_a_script_of_its_own_starts_no_processes(empty: Path) -> None:
    ear = Ear()
    with warming.wanted():
        pass
    warming.warm(2, ear, never)
    assert not ear.heard


def test_where_nothing_can_be_kept_it_is_tried_once(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "set_complete", lambda: None)
    monkeypatch.setattr(signatures, "listed", lambda: [LISTED[0]])
    first, second = Ear(), Ear()
    warming.warm(2, first, never)
    warming.warm(2, second, never)
    assert first.heard
    assert not second.heard


SAVE = """
import os, sys
from techsim.population.compiled import _Cache
folder, mine, others = os.environ["FOLDER"], sys.argv[1], sys.argv[2]
sys.path.insert(0, folder)
save, made = _Cache.save_overload, []
_Cache.save_overload = lambda *what: made.append(what)
import many
from numba import float64, int64
for name in many.NAMES:
    getattr(many, name).compile((int64,) if mine == "0" else (float64,))
for name, what in zip(many.NAMES, made, strict=True):
    open(os.path.join(folder, mine + name), "w").close()
    while not os.path.exists(os.path.join(folder, others + name)):
        pass
    save(*what)
"""
LOOK = """
import os, sys
sys.path.insert(0, os.environ["FOLDER"])
import many
for name in many.NAMES:
    f = getattr(many, name)
    assert (f(3), type(f(3))) == (6, int), name
    assert (f(3.0), type(f(3.0))) == (6.0, float), name
    assert not f.stats.cache_misses, name
"""


def test_processes_that_write_at_once_mix_up_nothing(tmp_path: Path) -> None:
    """Without a lock most are lost, and some types have the code of others."""
    functions = "".join(f"@kernel\ndef f{k}(x):\n    return x + x\n\n" for k in range(40))
    names = f"NAMES = {[f'f{k}' for k in range(40)]}\n"
    text = f"from techsim.population.compiled import kernel\n{names}{functions}"
    (tmp_path / "many.py").write_text(text)
    surroundings = dict(os.environ, FOLDER=str(tmp_path), NUMBA_CACHE_DIR=str(tmp_path / "cache"))
    both = [subprocess.Popen([sys.executable, "-c", SAVE, *who], env=surroundings) for who in ("01", "10")]
    assert [process.wait() for process in both] == [0, 0]
    subprocess.run([sys.executable, "-c", LOOK], env=surroundings, check=True)
