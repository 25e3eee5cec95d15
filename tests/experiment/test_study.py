"""From scenario to Dataset and files, on a stand-in for the simulation."""

import hashlib
import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import fake_model
import pytest
import xarray as xr

from techsim.experiment import study as studies
from techsim.experiment.watching import Silent, Stopped
from techsim.results.writing import TargetError
from techsim.scenario import ScenarioError

HERE = Path(__file__).parent


@pytest.fixture
def study(monkeypatch):
    """A study that runs the stand-in."""
    monkeypatch.setitem(sys.modules, "techsim.model.simulation", None)
    fake_model.install()
    return fake_model.study()


def test_run_returns_the_dataset(study):
    data = study.run()
    assert isinstance(data, xr.Dataset)
    assert data.sizes["draw"] == 2
    assert data.sizes["time"] == 24
    assert data["seed"].values[0] == 5
    assert "unemployment_rate" in data
    assert data.attrs["scale"] == 100
    assert data.attrs["scenario_hash"] == study.scenario.hash
    assert (data["hires"] % 100 == 0).all()


def test_options_stand_in_for_fields(study):
    data = study.run(draws=1, seed=9, scale=1000)
    assert data.sizes["draw"] == 1
    assert data.attrs["seed"] == 9
    assert (data["hires"] % 1000 == 0).all()
    with pytest.raises(ScenarioError, match="--draws"):
        study.run(draws=0)


def test_priors_differ_by_draw_and_are_in_the_manifest(study):
    manifest = study.execute().manifest
    first = manifest["parameters"]["choice.weight"]
    other = manifest["parameters_by_draw"][1]["different"]["choice.weight"]
    assert first != other
    assert manifest["parameters_by_draw"][0]["different"] == {}
    assert manifest["timings"]["schedule"] == {"hiring": 0.5}
    assert list(manifest["timings"]["phases"]) == ["prepare", "simulate", "assemble"]


def test_parameters_by_draw_are_in_the_dataset_and_in_a_file(study, tmp_path):
    data = study.run(draws=3, out=tmp_path / "run")
    assert data.attrs["parameters"] == "prior"
    assert data["parameter_values"].sizes == {"draw": 3, "parameter": 1}
    drawn = data["parameter_values"].sel(parameter="choice.weight").values.tolist()
    assert len(set(drawn)) == 3
    head, *rows = (tmp_path / "run" / "parameters.csv").read_text(encoding="utf-8").splitlines()
    assert head == "draw,seed,choice.weight"
    assert rows == [f"{d},{data['seed'].values[d]},{drawn[d]!r}" for d in range(3)]
    with xr.open_dataset(tmp_path / "run" / "results.nc") as again:
        assert (again["parameter_values"].values == data["parameter_values"].values).all()
        assert list(again["parameter"].values) == ["choice.weight"]


def test_with_defaults_there_is_no_file_of_parameters(study, tmp_path):
    data = study.run(parameters="default", out=tmp_path / "run")
    assert data.attrs["parameters"] == "default"
    assert "parameter_values" not in data.coords
    assert not (tmp_path / "run" / "parameters.csv").exists()


def test_the_parameters_of_a_run_give_the_same_run_again(study, tmp_path):
    once = study.run(draws=3, out=tmp_path / "run")
    again = study.run(draws=3, parameters=tmp_path / "run" / "parameters.csv")
    assert again.attrs["parameters"] == "parameters.csv"
    xr.testing.assert_equal(once, again)
    others = study.run(draws=3, parameters="default")
    assert (others["hires"].values != once["hires"].values).any()


def test_a_bad_file_of_parameters_is_refused_before_the_run(study, tmp_path):
    path = tmp_path / "fit.csv"
    path.write_text("choice.wieght\n0.5\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"did you mean 'choice\.weight'"):
        study.run(parameters=path)
    with pytest.raises(ScenarioError, match="--parameters"):
        study.run(parameters="priors")


def test_files_are_written_whole(study, tmp_path):
    data = study.run(out=tmp_path / "run")
    files = ["manifest.json", "parameters.csv", "results.nc", "summary.csv"]
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == files
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["draws"] == 2
    assert manifest["scenario"]["name"] == "Small"
    assert manifest["scenario_hash"] == study.scenario.hash
    assert "write" in manifest["timings"]["phases"]
    with xr.open_dataset(tmp_path / "run" / "results.nc") as again:
        assert (again["hires"].values == data["hires"].values).all()


def test_a_bad_directory_is_found_before_the_run(study, tmp_path, monkeypatch):
    (tmp_path / "notes.txt").write_text("mine")
    monkeypatch.setattr(studies.runner, "run", None)
    with pytest.raises(TargetError):
        study.run(out=tmp_path)


def test_the_report_is_handed_data_and_manifest(study, tmp_path):
    seen = []

    def report(data, manifest):
        seen.append((data, manifest))
        return "<p>é</p>"

    outcome = study.execute()
    studies.write(outcome, tmp_path / "run", report=report)
    assert (tmp_path / "run" / "report.html").read_bytes() == "<p>é</p>".encode()
    assert seen == [(outcome.data, outcome.manifest)]


def test_a_stop_writes_nothing(study, tmp_path):
    outcome = study.execute()
    with pytest.raises(Stopped):
        studies.write(outcome, tmp_path / "run", stop=lambda: True)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Stopped):
        study.execute(stop=lambda: True)


def test_the_watcher_hears_each_phase(study):
    class Ear(Silent):
        heard = []  # noqa: RUF012

        def phase(self, what):
            self.heard.append(what)

    study.execute(watcher=Ear())
    assert Ear.heard == ["preparing", "simulating", "putting the results together"]


RUN = """
    import sys
    sys.path.insert(0, sys.argv[1])
    import fake_model
    fake_model.install()
    if __name__ == "__main__":
        fake_model.study().run(draws=3, threads=int(sys.argv[3]), out=sys.argv[2])
"""


def test_one_and_two_workers_write_the_same_bytes(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(RUN))
    digests = []
    for threads in (1, 2):
        out = tmp_path / str(threads)
        subprocess.run([sys.executable, str(script), str(HERE), str(out), str(threads)], check=True, env=os.environ)
        digests.append(
            [hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("results.nc", "summary.csv")]
        )
    assert digests[0] == digests[1]


def test_importing_techsim_imports_nothing_heavy():
    program = (
        "import sys, techsim; print(*sorted({'numpy', 'numba', 'xarray', 'pandas', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
