"""Running draws: any number of workers gives the same records, and nothing outlives a stop."""

import os
import re
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import fake_draws
import numpy as np
import pytest

from techsim.experiment.draws import Draw
from techsim.experiment.runner import run
from techsim.experiment.watching import Silent, Stopped, never
from techsim.experiment.workers import WorkerError
from yardstick import slowness

HERE = Path(__file__).parent
POSIX = pytest.mark.skipif(os.name == "nt", reason="asks for processes the POSIX way")


class Ear(Silent):
    """A watcher that remembers."""

    def __init__(self):
        self.heard = []

    def months(self, done, total, draws):
        self.heard.append((done, total, draws))


def draws(count, parameters=None):
    """Draws with seeds of their own."""
    return [Draw(number, 100 + number, parameters or {"a.b": 1.0}) for number in range(count)]


def alive(process):
    """Whether a process runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")


def eventually(condition, seconds=5.0):
    """Whether something comes true in time."""
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


BORN = """
import signal
from multiprocessing import get_context
from techsim.experiment.workers import _interrupts_held_back

def held():
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])

with _interrupts_held_back():
    process = get_context("spawn").Process(target=print)
    process.start()
    print(held())
print(held())
process.join()
"""


@POSIX
def test_the_first_process_starts_with_interrupts_held_back_too():
    """With it starts the tracker of resources, which would let them through."""
    done = subprocess.run([sys.executable, "-c", BORN], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.split() == ["True", "False"]


def test_workers_change_nothing():
    alone = run(fake_draws.uneven, draws(3), 1, Silent(), never)
    together = run(fake_draws.uneven, draws(3), 2, Silent(), never)
    assert [record.draw for record in together] == [0, 1, 2]
    for one, other in zip(alone, together, strict=True):
        assert (one.seed, one.parameters) == (other.seed, other.parameters)
        assert np.array_equal(one.arrays["hires"], other.arrays["hires"])


@pytest.mark.parametrize("threads", [1, 2])
def test_progress_counts_months_over_all_draws(threads):
    ear = Ear()
    run(fake_draws.quick, draws(3), threads, ear, never)
    done = [heard[0] for heard in ear.heard]
    assert done == sorted(done)
    assert {heard[1] for heard in ear.heard} == {3 * fake_draws.MONTHS}
    assert done[-1] == 3 * fake_draws.MONTHS


def test_no_worker_is_refused():
    with pytest.raises(ValueError, match="threads: 0 is not at least 1"):
        run(fake_draws.quick, draws(1), 0, Silent(), never)


def test_a_failing_draw_says_why():
    for threads in (1, 2):
        with pytest.raises(OSError, match=r"^the table is gone$") as caught:
            run(fake_draws.failing, draws(3), threads, Silent(), never)
    assert isinstance(caught.value.__cause__, WorkerError)
    assert re.search(r"draw 1 failed(.|\n)*in failing(.|\n)*table is gone", str(caught.value.__cause__))


def test_an_error_that_cannot_be_sent_is_told_in_a_line():
    with pytest.raises(WorkerError, match=r"^draw 1 failed with AwkwardError: 3 of 4 tables$") as caught:
        run(fake_draws.awkward, draws(3), 2, Silent(), never)
    assert "in awkward" in str(caught.value.__cause__)


def test_a_worker_that_dies_is_noticed():
    with pytest.raises(WorkerError, match="draw 1 died"):
        run(fake_draws.dying, draws(3), 2, Silent(), never)


def test_workers_have_one_thread_each_and_our_environment_stays():
    before = dict(os.environ)
    records = run(fake_draws.reports, draws(2), 2, Silent(), never)
    assert [record.arrays["threads"].tolist() for record in records] == [[1], [1]]
    assert dict(os.environ) == before


def test_stop_before_and_between_draws():
    with pytest.raises(Stopped):
        run(fake_draws.quick, draws(3), 1, Silent(), lambda: True)
    calls = iter([False] * 40 + [True] * 1000)
    with pytest.raises(Stopped):
        run(fake_draws.quick, draws(3), 1, Silent(), lambda: next(calls))


@POSIX
def test_a_stop_ends_workers_that_do_not_listen(tmp_path):
    def enough():
        return len(list(tmp_path.glob("*.pid"))) == 2

    began = []

    def stop():
        if enough() and not began:
            began.append(time.monotonic())
        return bool(began)

    with pytest.raises(Stopped):
        run(fake_draws.endless, draws(2, {str(tmp_path): 1.0}), 2, Silent(), stop)
    assert time.monotonic() - began[0] < 2 * slowness()
    processes = [int(path.stem) for path in tmp_path.glob("*.pid")]
    assert len(processes) == 2
    assert not any(alive(process) for process in processes)


@POSIX
def test_workers_begin_side_by_side(tmp_path):
    limit = time.monotonic() + 30.0 * slowness()

    def stop():
        return len(list(tmp_path.glob("*.pid"))) == 2 or time.monotonic() > limit

    with pytest.raises(Stopped):
        run(fake_draws.mute, draws(2, {str(tmp_path): 1.0}), 2, Silent(), stop)
    assert len(list(tmp_path.glob("*.pid"))) == 2


PARENT = """
    import sys
    sys.path.insert(0, sys.argv[1])
    import fake_draws
    from techsim.experiment.draws import Draw
    from techsim.experiment.runner import run
    from techsim.experiment.watching import Silent, never
    if __name__ == "__main__":
        run(fake_draws.chatting, [Draw(i, i, {sys.argv[2]: 1.0}) for i in range(2)], 2, Silent(), never)
"""


@POSIX
def test_workers_of_a_killed_parent_leave(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(textwrap.dedent(PARENT))
    folder = tmp_path / "pids"
    folder.mkdir()
    with subprocess.Popen([sys.executable, str(script), str(HERE), str(folder)]) as parent:
        assert eventually(lambda: len(list(folder.glob("*.pid"))) == 2, 20)
        parent.kill()
    processes = [int(path.stem) for path in folder.glob("*.pid")]
    assert eventually(lambda: not any(alive(process) for process in processes))
