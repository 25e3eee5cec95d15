"""Files: whole or not at all, the same bytes for the same run, nobody else's files lost."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest
from small_results import busy, dataset, recorder

from techsim.results import manifest, writing
from techsim.results.derived import derive

HERE = Path(__file__).parent


def leftovers(folder):
    """What lies in a folder beside directories of results."""
    return [entry.name for entry in folder.iterdir() if entry.name.startswith(".")]


def fill(target, text="1"):
    """Write a small directory of results."""
    with writing.whole_directory(target) as directory:
        (directory / "summary.csv").write_text(text)
        (directory / "manifest.json").write_text(json.dumps({"techsim": "0"}))


def test_a_directory_appears_whole(tmp_path):
    target = tmp_path / "deep" / "run"
    with writing.whole_directory(target) as directory:
        (directory / "summary.csv").write_text("1")
        assert not target.exists()
    assert [path.name for path in target.iterdir()] == ["summary.csv"]
    assert leftovers(target.parent) == []


def test_an_error_leaves_nothing(tmp_path):
    with pytest.raises(RuntimeError), writing.whole_directory(tmp_path / "run") as directory:  # noqa: PT012
        (directory / "summary.csv").write_text("1")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_an_error_leaves_earlier_results_as_they_were(tmp_path):
    fill(tmp_path / "run", "old")
    with pytest.raises(RuntimeError), writing.whole_directory(tmp_path / "run"):
        raise RuntimeError
    assert (tmp_path / "run" / "summary.csv").read_text() == "old"
    assert leftovers(tmp_path) == []


def test_earlier_results_are_replaced(tmp_path):
    fill(tmp_path / "run", "old")
    (tmp_path / "run" / "report.html").write_text("old")
    fill(tmp_path / "run", "new")
    assert (tmp_path / "run" / "summary.csv").read_text() == "new"
    assert not (tmp_path / "run" / "report.html").exists()
    assert leftovers(tmp_path) == []


def test_earlier_results_come_back_when_the_rename_fails(tmp_path, monkeypatch):
    fill(tmp_path / "run", "old")
    rename = Path.rename

    def refuse(self, to):
        if self.name.endswith(".partial"):
            raise OSError("no")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="no"):
        fill(tmp_path / "run", "new")
    assert (tmp_path / "run" / "summary.csv").read_text() == "old"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"notes.txt": "mine"}, "holds no results"),
        ({"manifest.json": "{}"}, "not of techsim"),
        ({"manifest.json": "no json"}, "not of techsim"),
        ({"manifest.json": '{"techsim": "0"}', "notes.txt": "mine"}, r"also holds notes\.txt"),
    ],
)
def test_other_peoples_files_are_safe(tmp_path, files, words):
    target = tmp_path / "run"
    target.mkdir()
    for name, text in files.items():
        (target / name).write_text(text)
    with pytest.raises(writing.TargetError, match=words):
        writing.check_target(target)
    with pytest.raises(writing.TargetError, match=words), writing.whole_directory(target):
        pass
    assert sorted(path.name for path in target.iterdir()) == sorted(files)


def test_a_file_is_no_directory(tmp_path):
    (tmp_path / "run").write_text("mine")
    with pytest.raises(writing.TargetError, match="is a file"):
        writing.check_target(tmp_path / "run")
    with pytest.raises(writing.TargetError, match="cannot be made"):
        writing.check_target(tmp_path / "run" / "below")


def test_an_empty_directory_may_be_used(tmp_path):
    (tmp_path / "run").mkdir()
    fill(tmp_path / "run")
    assert (tmp_path / "run" / "summary.csv").exists()


KILLED_WHILE_WRITING = """
    import sys, time
    from pathlib import Path
    from techsim.results import writing
    with writing.whole_directory(Path(sys.argv[1])) as directory:
        (directory / "results.nc").write_bytes(b"half")
        print("writing", flush=True)
        time.sleep(60)
"""
KILLED_WHILE_REPLACING = """
    import sys, time
    from pathlib import Path
    from techsim.results import writing
    rename = Path.rename
    def slow(self, to):
        if self.name.endswith(".partial"):
            print("writing", flush=True)
            time.sleep(60)
        return rename(self, to)
    Path.rename = slow
    with writing.whole_directory(Path(sys.argv[1])) as directory:
        (directory / "summary.csv").write_text("new")
"""


def kill_midway(program, target):
    """Run a program that writes ``target`` and kill it as it says that it does."""
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), str(target)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline().strip() == "writing"
        process.kill()
        process.wait()


def test_a_killed_writer_leaves_no_directory_and_the_next_run_sweeps(tmp_path):
    kill_midway(KILLED_WHILE_WRITING, tmp_path / "run")
    assert not (tmp_path / "run").exists()
    assert len(leftovers(tmp_path)) == 1
    fill(tmp_path / "run")
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_leftovers_of_other_targets_go_once_they_are_old(tmp_path):
    kill_midway(KILLED_WHILE_WRITING, tmp_path / "other.v2")
    fill(tmp_path / "run")
    (left,) = leftovers(tmp_path)
    long_ago = time.time() - 2 * 3600
    os.utime(tmp_path / left, (long_ago, long_ago))
    writing.check_target(tmp_path / "run")
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_results_of_another_target_that_were_moved_aside_come_back(tmp_path):
    fill(tmp_path / "other", "old")
    kill_midway(KILLED_WHILE_REPLACING, tmp_path / "other")
    long_ago = time.time() - 2 * 3600
    for left in leftovers(tmp_path):
        os.utime(tmp_path / left, (long_ago, long_ago))
    writing.check_target(tmp_path / "run")
    assert (tmp_path / "other" / "summary.csv").read_text() == "old"
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    "name", [".run.partial", ".run.me-1.partial", "run.me-1-00000000.partial", ".run.me-x-0.replaced"]
)
def test_what_only_looks_like_a_leftover_stays(tmp_path, name):
    (tmp_path / name).mkdir()
    os.utime(tmp_path / name, (0, 0))
    writing.check_target(tmp_path / "run")
    assert (tmp_path / name).is_dir()


def test_a_writer_killed_while_replacing_loses_no_results(tmp_path):
    fill(tmp_path / "run", "old")
    kill_midway(KILLED_WHILE_REPLACING, tmp_path / "run")
    assert len(leftovers(tmp_path)) == 2
    writing.check_target(tmp_path / "run")
    assert (tmp_path / "run" / "summary.csv").read_text() == "old"
    assert leftovers(tmp_path) == []


def test_a_live_writer_is_left_alone(tmp_path):
    program = textwrap.dedent(KILLED_WHILE_WRITING)
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "run")], stdout=subprocess.PIPE, text=True
    ) as process:
        process.stdout.readline()
        writing.check_target(tmp_path / "run")
        kept = leftovers(tmp_path)
        process.kill()
    assert len(kept) == 1


def test_abandoning_removes_what_is_half_written(tmp_path):
    with pytest.raises(OSError), writing.whole_directory(tmp_path / "run") as directory:  # noqa: PT011, PT012
        (directory / "results.nc").write_bytes(b"half")
        writing.abandon()
        assert leftovers(tmp_path) == []
        (directory / "summary.csv").write_text("too late")
    assert list(tmp_path.iterdir()) == []


WRITE = """
    import sys
    sys.path.insert(0, sys.argv[1])
    from pathlib import Path
    from small_results import busy, dataset
    from techsim.results import summary, writing
    from techsim.results.derived import derive
    data = derive(dataset(busy(1), busy(2)))
    writing.write_dataset(data, Path(sys.argv[2]) / "results.nc")
    summary.write(data, Path(sys.argv[2]) / "summary.csv")
"""


def test_the_same_results_are_the_same_bytes(tmp_path):
    digests = []
    for at in range(2):
        folder = tmp_path / str(at)
        folder.mkdir()
        environment = os.environ | {"PYTHONHASHSEED": str(at), "TZ": ("UTC", "Asia/Tokyo")[at]}
        subprocess.run(
            [sys.executable, "-c", textwrap.dedent(WRITE), str(HERE), str(folder)], check=True, env=environment
        )
        digests.append([hashlib.sha256((folder / n).read_bytes()).hexdigest() for n in ("results.nc", "summary.csv")])
        time.sleep(1.1)  # a time of writing in the file would show
    assert digests[0] == digests[1]


def test_what_is_read_is_what_was_written(tmp_path):
    filled = busy(1)
    filled.arrays["entrants"][0] = 0
    filled.recorded["entrants"][0] = False
    data = derive(dataset(filled, busy(2)))
    with writing.whole_directory(tmp_path / "run") as directory:
        writing.write_dataset(data, directory / writing.RESULTS)
    again = writing.read_dataset(tmp_path / "run")
    assert set(again.data_vars) == set(data.data_vars)
    for name in data.data_vars:
        assert again[name].dims == data[name].dims
        assert np.array_equal(again[name].values, data[name].values, equal_nan=True), name
        assert again[name].attrs == data[name].attrs
        if data[name].dtype.kind == "i":
            assert again[name].dtype == data[name].dtype
    for name in data.coords:
        assert again[name].values.tolist() == data[name].values.tolist()
    assert again["technical"].dtype == bool
    assert again.attrs == data.attrs


def test_fractions_survive(tmp_path):
    filled = recorder()
    filled.slot("births", filled.first)[0] = 1
    data = dataset(filled, scale=2.5)
    writing.write_dataset(data, tmp_path / "results.nc")
    assert writing.read_dataset(tmp_path)["births"].sel(year=2008, region="North").item() == 2.5


def test_the_manifest_can_be_read_again(tmp_path):
    from small_results import record

    records = [record(busy(1), 0), record(busy(2), 1)]
    content = manifest.build(
        version="0.1",
        scenario={"name": "x", "levers": [{"a": float("inf")}], "number": np.float64(1.5)},
        scenario_hash="abc",
        overrides=[{"path": "a"}],
        seed=7,
        scale=100,
        records=records,
        timings={"simulate": 1.0},
    )
    manifest.write(content, tmp_path / "manifest.json")
    again = manifest.read(tmp_path)
    assert again["techsim"] == "0.1"
    assert again["scenario"] == {"name": "x", "levers": [{"a": "inf"}], "number": 1.5}
    assert (again["seed"], again["draws"], again["scale"], again["scenario_hash"]) == (7, 2, 100, "abc")
    assert [draw["seed"] for draw in again["parameters_by_draw"]] == [7, 8]
    assert again["parameters"] == {"choice.weight": 0.5}
    assert again["timings"] == {"phases": {"simulate": 1.0}, "schedule": {"ageing": 0.5}}
    assert again["environment"]["packages"]["numpy"] == np.__version__
    assert str(Path.home()) not in (tmp_path / "manifest.json").read_text()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the process list is asked in another way on Windows")
def test_a_process_is_known_to_be_alive_or_not():
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as process:
        assert writing._alive(process.pid)
        process.kill()
        process.wait()
    assert not writing._alive(process.pid)
    assert not writing._alive(os.getpid())  # we are not writing anything


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="has no folder where nobody may write")
def test_a_place_where_nothing_can_be_made_is_refused_at_once() -> None:
    """Whatever the rights say: the first user of a machine may write anywhere, by them."""
    with pytest.raises(writing.TargetError, match="cannot be written to"):
        writing.check_target(Path("/proc/results"))
