"""Ctrl-C while the real model compiles or runs: the stand-in of ``test_run.py`` does neither."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from yardstick import slowness

BASELINE = Path(__file__).resolve().parents[2] / "scenarios" / "baseline.yaml"
COMPILING, RUNNING = 2.5, 4.0
"""Seconds after which a first run surely still compiles, and a later one is in its months."""


@pytest.mark.skipif(os.name == "nt", reason="sends signals the POSIX way")
@pytest.mark.parametrize(
    ("fresh", "wait", "options"),
    [
        pytest.param(True, COMPILING, (), id="compiling"),
        pytest.param(True, COMPILING, ("--draws", "2", "--threads", "2"), id="a worker compiling"),
        pytest.param(False, RUNNING, (), id="in the months"),
    ],
)
def test_ctrl_c_stops_the_model_within_two_seconds(
    tmp_path: Path, fresh: bool, wait: float, options: tuple[str, ...]
) -> None:
    outputs, cache = tmp_path / "outputs", tmp_path / "cache"
    outputs.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR" or not fresh}
    environment |= {"XDG_CACHE_HOME": str(cache)} if fresh else {}
    line = [sys.executable, "-m", "techsim", "run", str(BASELINE), "--out", str(outputs / "run"), *options]
    with subprocess.Popen(line, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr is not None
        for message in process.stderr:
            if message.startswith("compiling" if fresh else ("compiling", "simulating")):
                break
        time.sleep(wait)
        assert process.poll() is None, "it is over already"
        start = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        rest = process.communicate(timeout=20)[1]
        seconds = time.monotonic() - start
    assert process.returncode == 1, rest
    assert seconds < 2 * slowness()
    assert rest.strip().splitlines()[-1] == "Stopped: nothing was written."
    assert list(outputs.iterdir()) == []
