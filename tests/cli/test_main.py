"""The command line itself: help, version, start-up."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from techsim import __version__
from techsim.cli import main as cli
from techsim.cli.main import main
from yardstick import slowness

HEAVY = ("numba", "numpy", "xarray", "pandas", "mesa", "scipy", "plotly", "netCDF4")


def test_version(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"techsim {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["run", "--help"]])
def test_help(capsys, arguments):
    assert main(arguments) == 0
    printed = capsys.readouterr()
    assert "run" in printed.out
    assert printed.err == ""


def test_without_a_command_there_is_help(capsys):
    main([])
    printed = capsys.readouterr()
    assert "Usage: techsim" in printed.out + printed.err


def test_ctrl_c_anywhere_is_status_1_and_one_line(capsys, monkeypatch):
    """typer leaves with a status of its own when Ctrl-C reaches it."""

    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.app.registered_commands[0], "callback", interrupted)
    assert main([cli.app.registered_commands[0].name]) == 1
    assert capsys.readouterr().err.strip().splitlines() == ["Stopped."]


def test_python_m_techsim():
    done = subprocess.run([sys.executable, "-m", "techsim", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"techsim {__version__}\n"


def test_help_starts_fast_and_loads_nothing_heavy():
    program = f"""
import sys
from techsim.cli.main import main
main(["--help"])
print(*sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)
"""
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        seconds.append(time.perf_counter() - start)
    assert done.stderr.strip() == ""
    assert min(seconds) < 0.7 * slowness()


def test_help_names_every_option_of_the_design(capsys):
    main(["run", "--help"])
    printed = capsys.readouterr().out
    for option in ("--out", "--draws", "--scale", "--seed", "--threads", "--quiet"):
        assert option in printed


def test_no_command_file_is_forgotten(capsys):
    main(["--help"])
    printed = capsys.readouterr().out
    folder = Path(main.__code__.co_filename).parent
    for name in ("run", "check", "schema", "levers", "explain", "report"):
        if (folder / f"{name}.py").exists():
            assert f"  {name}" in printed, name


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "small.yaml"],
        ["compare", "small.yaml", "small.yaml"],
        ["goal", "small.yaml", "--lever", "technologieroute", "--target", "technical_entrants=1", "--year", "2009"],
        ["bottleneck", "small.yaml", "--year", "2009"],
        ["frontier", "small.yaml", "--budget", "1e6", "--levers", "technologieroute"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_bad_file_of_parameters_is_told_with_its_line_and_status_2(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text("name: Small\nperiod: {start: 2008-01, end: 2010-12}\n", encoding="utf-8")
    (tmp_path / "fit.csv").write_text("profile.peer_weight,profile.peer_weigth\n0.5,0.5\n", encoding="utf-8")
    assert main([*arguments, "--parameters", "fit.csv", "--quiet"]) == 2
    err = capsys.readouterr().err
    assert "fit.csv:1:1: column 2: is not a known parameter" in err
    assert "did you mean 'profile.peer_weight'?" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["fit.csv", "small.yaml"]
