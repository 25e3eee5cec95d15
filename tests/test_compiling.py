"""The folder of compiled kernels: no stale machine code, no failure, no cost."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import techsim
from techsim import compiling
from yardstick import slowness

PACKAGE = Path(techsim.__file__).parent
CALLER = """
import numba
from tiny.callee import twice

@numba.njit(cache=True)
def answer(x):
    return twice(x) + 1
"""
CALLEE = """
import numba
from tiny.constants import FACTOR

@numba.njit(cache=True)
def twice(x):
    return FACTOR * x
"""
RUN = """
import os, sys
from techsim.compiling import prepare_cache
folder = prepare_cache(sys.argv[1])
assert "numba" not in sys.modules
from tiny.caller import answer
print(answer(10), len(answer.stats.cache_hits), folder)
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A package of two kernels in two files, the inner one with a constant from a third."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    for name, text in (("__init__", ""), ("caller", CALLER), ("callee", CALLEE), ("constants", "FACTOR = 2\n")):
        (folder / f"{name}.py").write_text(text)
    return folder


@pytest.fixture
def clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without a cache folder of numba's, whose own cache lies under ``tmp_path``."""
    for name in (compiling.VARIABLE, "TECHSIM_KERNELS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)
    if "numba" in sys.modules:  # the session's own kernels keep their folder
        config = sys.modules["numba"].config
        monkeypatch.setattr(config, "CACHE_DIR", config.CACHE_DIR)
    cache = tmp_path / "cache"
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(cache))
    if sys.platform == "darwin":
        monkeypatch.setattr(compiling, "user_cache", lambda: str(cache))
    return cache


def fresh_process(tiny: Path) -> tuple[int, int, str]:
    """Answer of the tiny kernel in a new process, number of functions loaded from the cache, and its folder."""
    environment = dict(os.environ, PYTHONPATH=os.pathsep.join([str(tiny.parent), str(PACKAGE.parent)]))
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(tiny)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answer, hits, folder = done.stdout.split(maxsplit=2)
    return int(answer), int(hits), folder.strip()


def test_edited_callee_and_constant_are_seen_by_a_fresh_process(tiny: Path, clean: Path) -> None:
    assert fresh_process(tiny)[:2] == (21, 0)
    assert fresh_process(tiny)[:2] == (21, 1)  # the cache works: otherwise the rest would show nothing
    (tiny / "callee.py").write_text(CALLEE.replace("FACTOR * x", "FACTOR * x + 100"))
    assert fresh_process(tiny)[0] == 121
    (tiny / "constants.py").write_text("FACTOR = 3\n")
    answer, _, folder = fresh_process(tiny)
    assert answer == 131
    assert Path(folder).parent == clean / "techsim" / "kernels"


def test_fingerprint_sees_kernels_and_their_imports_only(tiny: Path) -> None:
    (tiny / "pictures.py").write_text("COLOUR = 'red'\n")
    first = compiling.fingerprint(str(tiny))
    (tiny / "pictures.py").write_text("COLOUR = 'blue'\n")
    assert compiling.fingerprint(str(tiny)) == first
    (tiny / "constants.py").write_text("FACTOR = 5\n")
    assert compiling.fingerprint(str(tiny)) != first


def test_fingerprint_depends_on_numba_settings(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_BOUNDSCHECK", raising=False)
    first = compiling.fingerprint(str(tiny))
    monkeypatch.setenv("NUMBA_NUM_THREADS", "1")
    assert compiling.fingerprint(str(tiny)) == first
    monkeypatch.setenv("NUMBA_BOUNDSCHECK", "1")
    assert compiling.fingerprint(str(tiny)) != first


def test_every_kernel_of_techsim_counts() -> None:
    seen = {Path(path).relative_to(PACKAGE).as_posix() for path in compiling.kernel_sources(str(PACKAGE))}
    kernels = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("kernels.py")}
    assert kernels
    assert kernels | {"population/randomness.py", "population/states.py"} <= seen


def test_the_users_folder_is_respected(clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(compiling.VARIABLE, "mine")
    assert compiling.prepare_cache() == "mine"
    assert not clean.exists()


def test_own_choice_is_not_mistaken_for_the_users(tiny: Path, clean: Path) -> None:
    first = compiling.prepare_cache(str(tiny))
    (tiny / "callee.py").write_text(CALLEE + "\n# changed\n")
    assert compiling.prepare_cache(str(tiny)) != first


@pytest.mark.parametrize("cache", ["a file", "relative", "closed"])
def test_unusable_user_cache_falls_back_to_a_private_temporary_folder(
    tiny: Path, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cache: str
) -> None:
    blocked = tmp_path / "blocked"
    if cache == "a file":
        blocked.write_text("in the way")
    elif cache == "closed":
        monkeypatch.setattr(os, "access", lambda path, mode: "blocked" not in str(path))
    monkeypatch.setattr(compiling, "user_cache", lambda: "" if cache == "relative" else str(blocked))
    monkeypatch.setattr(compiling.tempfile, "gettempdir", lambda: str(tmp_path))
    folder = compiling.prepare_cache(str(tiny))
    assert folder is not None
    parent = Path(folder).parent
    assert parent.parent == tmp_path
    assert "blocked" not in folder
    if os.name == "posix":
        assert stat.S_IMODE(parent.stat().st_mode) == 0o700


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_temporary_folder_open_to_others_is_not_trusted(
    tiny: Path, clean: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = tmp_path / f"techsim-kernels-{os.getuid()}"
    planted.mkdir()
    planted.chmod(0o777)
    monkeypatch.setattr(compiling, "user_cache", lambda: "")
    monkeypatch.setattr(compiling.tempfile, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr(compiling.tempfile, "tempdir", str(tmp_path))
    folder = compiling.prepare_cache(str(tiny))
    assert folder is not None
    assert planted not in Path(folder).parents
    assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700


def test_no_folder_at_all_is_no_failure(tiny: Path, clean: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_: object, **__: object) -> str:
        raise FileNotFoundError("no usable temporary directory found")

    monkeypatch.setattr(compiling, "user_cache", lambda: "")
    monkeypatch.setattr(compiling.tempfile, "gettempdir", nowhere)
    assert compiling.prepare_cache(str(tiny)) is None


def test_stale_folders_go_but_not_the_newest_nor_anything_else(tmp_path: Path) -> None:
    now = 1e9
    names = [f"{n:020x}" for n in range(8)]
    for age, name in enumerate(names):
        (tmp_path / name).mkdir()
        (tmp_path / name / "kernel.nbi").write_text("")
        os.utime(tmp_path / name, (now - age * 3 * 86400, now - age * 3 * 86400))
    (tmp_path / "notes").mkdir()
    os.utime(tmp_path / "notes", (0, 0))
    removed = compiling.remove_stale(str(tmp_path), current=names[-1], now=now)
    assert removed == names[3:7]  # 0, 1, 2 are the newest, 7 is in use
    assert {p.name for p in tmp_path.iterdir()} == {*names[:3], names[-1], "notes"}


def test_recently_used_folders_stay(tmp_path: Path) -> None:
    for n in range(10):
        (tmp_path / f"{n:020x}").mkdir()
    assert compiling.remove_stale(str(tmp_path), current="x") == []


def test_cost_is_not_noticeable(clean: Path) -> None:
    compiling.prepare_cache()
    best = min(_seconds() for _ in range(5))
    assert best < 0.05 * slowness()  # some 3 ms on an idle machine; a busy one must not fail the test


def _seconds() -> float:
    start = time.perf_counter()
    compiling.prepare_cache()
    return time.perf_counter() - start


def test_a_cache_is_cold_until_there_is_machine_code_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.delenv("NUMBA_DISABLE_JIT", raising=False)
    assert compiling.is_cold()
    (tmp_path / "kernels_1a2b").mkdir()
    (tmp_path / "kernels_1a2b" / "finish-96.py311.nbi").write_text("an index alone is no machine code")
    assert compiling.is_cold()
    (tmp_path / "kernels_1a2b" / "finish-96.py311.1.nbc").write_text("")
    assert not compiling.is_cold()


def test_what_is_not_compiled_is_never_cold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setenv("NUMBA_DISABLE_JIT", "1")
    assert not compiling.is_cold()


def test_numba_keeps_machine_code_under_the_ending_that_is_looked_for(tmp_path: Path) -> None:
    """A kernel compiled in a fresh process warms the folder."""
    (tmp_path / "warm.py").write_text("import numba\n@numba.njit(cache=True)\ndef one():\n    return 1\none()\n")
    program = "from techsim import compiling; a = compiling.is_cold(); import warm; print(a, compiling.is_cold())"
    environment = os.environ | {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    environment |= {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(PACKAGE.parent)]), "NUMBA_DISABLE_JIT": "0"}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_a_folder_is_complete_for_the_files_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package, cache = tmp_path / "package", tmp_path / "cache"
    package.mkdir(), cache.mkdir()
    (package / "kernels.py").write_text("import numba  # njit\n")
    monkeypatch.setenv(compiling.VARIABLE, str(cache))
    monkeypatch.setattr(compiling, "PACKAGE", str(package))
    assert compiling.is_incomplete()
    compiling.set_complete()
    assert not compiling.is_incomplete()
    os.utime(package / "kernels.py", (1.0, 1.0))  # numba then compiles it anew
    assert compiling.is_incomplete()
