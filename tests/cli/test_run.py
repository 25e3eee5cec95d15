"""``techsim run`` as a process: files, messages, exit status, and Ctrl-C."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from yardstick import slowness

PROGRAM = str(Path(__file__).parent / "small_techsim.py")
SCENARIO = "name: Small one\nperiod: {start: 2008-01, end: 2009-12}\ndraws: {number: 2, seed: 5}\n"
POSIX = pytest.mark.skipif(os.name == "nt", reason="sends signals the POSIX way")


@pytest.fixture
def folder(tmp_path):
    """A folder with a scenario."""
    (tmp_path / "small.yaml").write_text(SCENARIO)
    return tmp_path


def command(*arguments, pause=0.0, report_pause=0.0):
    """The command line of a run."""
    return [sys.executable, PROGRAM, str(pause), str(report_pause), *arguments]


def techsim(folder, *arguments, environment=None):
    """Run the command line to its end."""
    return subprocess.run(
        command(*arguments),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | (environment or {}),
        check=False,
    )


def test_a_run_writes_four_files_and_says_so(folder):
    done = techsim(folder, "run", "small.yaml")
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (folder / "outputs" / "small_one").iterdir()) == [
        "manifest.json",
        "report.html",
        "results.nc",
        "summary.csv",
    ]
    assert done.stdout == ""
    assert str(Path("outputs") / "small_one") in done.stderr
    assert "Unemployment rate" in done.stderr
    assert "Warning" not in done.stderr, "at 1:100"
    assert "over 2 draws" in done.stderr
    assert "report.html" in done.stderr
    assert "\x1b" not in done.stderr


def test_options_reach_the_run(folder):
    done = techsim(
        folder, "run", "small.yaml", "--out", "x", "--draws", "1", "--scale", "500", "--seed", "3", "--end", "2009-06",
        "--quiet",
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    manifest = json.loads((folder / "x" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["draws"], manifest["scale"], manifest["seed"]) == (1, 500, 3)
    aloud = techsim(folder, "run", "small.yaml", "--out", "y", "--draws", "1", "--scale", "500")
    assert "Warning: At 1:500 one" in aloud.stderr
    assert [override["path"] for override in manifest["overrides"]] == [
        "draws.number",
        "draws.seed",
        "population.scale",
        "period.end",
    ]
    assert set(manifest["timings"]["phases"]) == {"prepare", "simulate", "assemble", "write", "report"}


def test_workers_change_no_byte(folder):
    for threads in ("1", "2"):
        assert techsim(folder, "run", "small.yaml", "--out", threads, "--threads", threads).returncode == 0
    for name in ("results.nc", "summary.csv", "report.html"):
        assert (folder / "1" / name).read_bytes() == (folder / "2" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run"], "SCENARIO"),
        (["run", "small.yaml", "--bogus"], "--bogus"),
        (["run", "small.yaml", "--draws", "many"], "--draws"),
        (["run", "small.yaml", "--draws", "0"], "--draws"),
        (["run", "small.yaml", "--end", "2009-00"], "--end"),
        (["run", "small.yaml", "--threads", "0"], "--threads"),
        (["run", "nowhere.yaml"], "nowhere.yaml"),
        (["run", "broken.yaml"], "broken.yaml:2"),
        (["run", "small.yaml", "--out", "."], "holds no results"),
        (["run", "small.yaml", "--out", "small.yaml"], "is a file"),
        (["walk"], "walk"),
    ],
)
def test_wrong_input_is_status_2_without_traceback(folder, arguments, words):
    (folder / "broken.yaml").write_text("name: Broken\nperiods: {}\n")
    done = techsim(folder, *arguments)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert sorted(path.name for path in folder.iterdir()) == ["broken.yaml", "small.yaml"]


@pytest.mark.parametrize("threads", ["1", "2"])
def test_anything_else_is_status_1_and_tells_how_to_learn_more(folder, threads):
    arguments = ("run", "small.yaml", "--quiet", "--draws", "2", "--threads", threads)
    environment = {"FAIL_IN_MODEL": "1"}
    done = techsim(folder, *arguments, environment=environment)
    assert done.returncode == 1
    said, more = done.stderr.splitlines()
    assert said == "techsim failed: ZeroDivisionError: nobody to divide by"
    assert "TECHSIM_DEBUG" in more
    assert not (folder / "outputs" / "small_one").exists()
    more = techsim(folder, *arguments, environment=environment | {"TECHSIM_DEBUG": "1"})
    assert more.returncode == 1
    assert "Traceback" in more.stderr
    assert "in run" in more.stderr, "down to where it failed, in a worker too"


def test_the_user_sees_life_at_once(folder):
    with subprocess.Popen(
        command("run", "small.yaml", "--draws", "1", pause=10), cwd=folder, stderr=subprocess.PIPE, text=True
    ) as process:
        start = time.monotonic()
        line = process.stderr.readline()
        seconds = time.monotonic() - start
        process.kill()
    assert "reading the scenario" in line
    assert seconds < 1.5 * slowness()


def children(process):
    """Ids of the live processes that a process has started, however indirectly."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if state != "Z":
            parents[int(stat.parent.name)] = int(parent)
    found, new = set(), {process}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def runs(process):
    """Whether a process is alive; one that has ended and waits for its parent to take note is not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def gone(processes, seconds=2.0):
    """Whether processes end in time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if not any(runs(process) for process in processes):
            return True
        time.sleep(0.02)
    return False


RUNNING = r"^(compiling|simulating)"
"""What a run says when it begins with the months: compiling first where nothing is compiled yet."""


def until(process, pattern):
    """Read messages until one has the pattern."""
    for line in process.stderr:
        if re.search(pattern, line):
            return
    raise AssertionError(f"never said {pattern}")


@POSIX
@pytest.mark.parametrize(
    ("arguments", "pauses", "word", "wait"),
    [
        pytest.param(["--draws", "1"], (0.05, 0), RUNNING, 1.0, id="between months"),
        pytest.param(["--draws", "1"], (60, 0), RUNNING, 1.0, id="within a month that never ends"),
        pytest.param(["--draws", "3", "--threads", "2"], (0.05, 0), RUNNING, 2.5, id="with workers"),
        pytest.param(["--draws", "3", "--threads", "2"], (60, 0), RUNNING, 2.5, id="with deaf workers"),
        pytest.param(["--draws", "1"], (0, 60), "drawing the report", 0.5, id="while writing"),
        pytest.param(["--draws", "1"], (0.05, 0), "reading", 0.0, id="at the start"),
    ],
)
def test_ctrl_c_stops_within_two_seconds_and_leaves_nothing(folder, arguments, pauses, word, wait):
    line = command("run", "small.yaml", "--out", "out", *arguments, pause=pauses[0], report_pause=pauses[1])
    with subprocess.Popen(line, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        until(process, word)
        time.sleep(wait)
        workers = children(process.pid) if Path("/proc").exists() else set()
        start = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process of the group gets it
        rest = process.communicate(timeout=10)[1]
        seconds = time.monotonic() - start
    assert process.returncode == 1, rest
    assert seconds < 2 * slowness()
    assert rest.strip().splitlines()[-1] == "Stopped: nothing was written."
    assert "Traceback" not in rest
    assert "KeyboardInterrupt" not in rest
    assert [path.name for path in folder.iterdir()] == ["small.yaml"]
    assert gone(workers)
    if "--threads" in arguments and Path("/proc").exists():
        assert len(workers) >= 2


@POSIX
def test_a_run_that_was_killed_leaves_nothing_for_the_next(folder):
    line = command("run", "small.yaml", "--out", "out", "--draws", "1", report_pause=60)
    with subprocess.Popen(line, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        until(process, "drawing the report")
        time.sleep(0.2)
        process.kill()
    assert not (folder / "out").exists()
    assert techsim(folder, "run", "small.yaml", "--out", "out").returncode == 0
    assert sorted(path.name for path in folder.iterdir()) == ["out", "small.yaml"]
