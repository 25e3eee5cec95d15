"""Set-up: the two commands of the README, the pins, and what an installed techsim carries."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import techsim

ROOT = Path(__file__).resolve().parent.parent
BOOTSTRAP = ROOT / "scripts" / "bootstrap.py"
COMMANDS = ["python3 scripts/bootstrap.py run", "python3 scripts/bootstrap.py test"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = ("linux", "darwin", "win32")


def pins() -> list[Requirement]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


@pytest.fixture(scope="module")
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", BOOTSTRAP)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_readme_holds_the_two_commands_once_each() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line in COMMANDS] == COMMANDS


def test_commands_read_the_same_in_a_posix_shell_and_in_powershell() -> None:
    for command in COMMANDS:
        assert re.fullmatch(r"[a-z0-9]+( [\w./-]+)+", command)  # no &&, quotes, variables, redirections, backslashes


def test_ci_runs_the_commands_of_the_readme_then_lint_and_types() -> None:
    text = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in text
    positions = [
        text.index(tool) for tool in ("bootstrap", 'ruff" check', 'ruff" format --check', "mypy", "lint-imports")
    ]
    assert positions == sorted(positions)
    assert "|| true" not in text


def test_constraints_pin_versions_and_name_no_place() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "//" not in text
    assert "--" not in text
    for pin in pins():
        assert pin.url is None
        assert [s.operator for s in pin.specifier] == ["=="], pin.name


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_dependency_has_one_pin_that_it_accepts(python: str, platform: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": platform}
    pinned: dict[str, Version] = {}
    for pin in pins():
        if pin.marker is None or pin.marker.evaluate(environment):
            assert canonicalize_name(pin.name) not in pinned, f"{pin.name} is pinned twice"
            pinned[canonicalize_name(pin.name)] = Version(next(iter(pin.specifier)).version)
    groups = PROJECT["optional-dependencies"].values()
    for text in [*PROJECT["dependencies"], *(line for group in groups for line in group)]:
        needed = Requirement(text)
        assert pinned[canonicalize_name(needed.name)] in needed.specifier, text


def test_bootstrap_needs_the_standard_library_only() -> None:
    tree = ast.parse(BOOTSTRAP.read_text(encoding="utf-8"), feature_version=(3, 7))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


@pytest.mark.parametrize("arguments", [[], ["--help"], ["runn"]])
def test_bootstrap_says_what_it_offers(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, str(BOOTSTRAP), *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert all(command in done.stderr for command in COMMANDS)


@pytest.mark.parametrize("keeps", [True, False])
def test_bootstrap_installs_once(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, keeps: bool
) -> None:
    """A fresh folder gets a virtual environment and pip; the second call, and the lesser one, find it done.

    Modules are left to be compiled when they are imported only where Python keeps what it compiles then.
    """
    monkeypatch.setattr(bootstrap.sys, "dont_write_bytecode", not keeps)
    calls: list[list[str]] = []

    def pip(command: list[str], **_: object) -> int:
        calls.append(command)
        return 0

    monkeypatch.setattr(bootstrap.subprocess, "call", pip)
    monkeypatch.setattr(bootstrap, "works", lambda folder: (folder / "pyvenv.cfg").exists())
    monkeypatch.setattr(
        bootstrap.venv, "create", lambda folder, **_: (Path(folder).mkdir(), (Path(folder) / "pyvenv.cfg").touch())
    )
    folder = tmp_path / "venv"
    bootstrap.install(folder, "")
    bootstrap.install(folder, "")
    assert len(calls) == 1
    assert ("--no-compile" in calls[0]) == keeps
    bootstrap.install(folder, "[dev]")
    assert calls[-1][-1] == f"{ROOT}[dev]"
    bootstrap.install(folder, "")
    bootstrap.install(folder, "[dev]")
    assert len(calls) == 2


def test_bootstrap_that_failed_installs_again(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "works", lambda folder: True)
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command, **_: 3)
    with pytest.raises(SystemExit) as stopped:
        bootstrap.install(tmp_path, "")
    assert stopped.value.code == 3
    assert not (tmp_path / bootstrap.STAMP).exists()


def test_bootstrap_explains_a_missing_venv_module(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(1, "ensurepip")

    monkeypatch.setattr(bootstrap.venv, "create", create)
    with pytest.raises(SystemExit, match="python3-venv"):
        bootstrap.install(tmp_path / "venv", "")


def test_bootstrap_on_an_old_python(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 9, 1))
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; this is 3\.9"):
        bootstrap.main(["run"])
    taken: list[list[str]] = []

    def hand_over(command: list[str]) -> None:
        taken.append(command)
        raise SystemExit

    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: f"/bin/{name}" if name == "python3.12" else None)
    monkeypatch.setattr(bootstrap, "hand_over", hand_over)
    with pytest.raises(SystemExit):
        bootstrap.main(["test", "-x"])
    assert taken == [["/bin/python3.12", str(BOOTSTRAP), "test", "-x"]]


def test_versions_agree() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.search(r"^## \[(\d[\w.]*)\]", changelog, re.MULTILINE)
    assert newest is not None
    assert PROJECT["version"] == techsim.__version__ == newest[1]


def test_licence_is_mit_and_declared() -> None:
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")
    assert PROJECT["license"] == "MIT"


def test_wheel_carries_tables_and_templates() -> None:
    """What is not Python lies inside the package, where the build takes everything that git does not ignore."""
    package = Path(techsim.__file__).parent
    others = [p for p in package.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc", ".nbi", ".nbc")]
    assert {".csv"} <= {p.suffix for p in others}
    done = subprocess.run(
        ["git", "check-ignore", *map(str, others)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode == 128:
        pytest.skip("not a git checkout")
    assert done.stdout == ""


def test_environments_and_outputs_are_ignored_by_git() -> None:
    names = [".venv/x", ".ci-venv/x", "outputs/baseline/results.nc"]
    done = subprocess.run(["git", "check-ignore", *names], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 128:
        pytest.skip("not a git checkout")
    assert done.stdout.split() == names


def test_pre_commit_fetches_nothing() -> None:
    yaml = pytest.importorskip("yaml")
    configuration = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repository["repo"] for repository in configuration["repos"]} == {"local"}
    hooks = {hook["id"] for repository in configuration["repos"] for hook in repository["hooks"]}
    assert {"ruff", "ruff-format", "mypy", "lint-imports"} <= hooks


def test_installed_command_answers() -> None:
    """The console script of this environment is techsim's."""
    name = "techsim.exe" if os.name == "nt" else "techsim"
    script = Path(sys.executable).parent / name
    done = subprocess.run([str(script), "--help"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("run", "check", "schema", "explain", "levers"):
        assert command in done.stdout, json.dumps(done.stdout)
