"""The architecture as tests: who may import whom, small files, and nothing declared in vain."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from techsim.model.catalogue import catalogue
from techsim.population import compiled

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "techsim"
MODULES = sorted(SOURCE.rglob("*.py"))
WRITTEN = {"model_beside_evidence.md", "parameters.md"}
"""Pages that programs write, a row for every figure and every parameter."""
KERNELS = [*sorted((SOURCE / "mechanisms").rglob("kernels.py")), SOURCE / "population" / "randomness.py"]
COMPILED = [
    path for path in sorted((SOURCE / "population").glob("*.py")) if "population.compiled import" in path.read_text()
]
DECLARATIONS = sorted((SOURCE / "mechanisms").rglob("declare.py"))
IDS = ("K1", "K2", "K3", "K4", "K5", "L1", "L2", "L3", "L5", "L6", "W1", "W2", "W3", "W5")
HEAVY = ("numba", "mesa", "pandas", "xarray", "scipy", "plotly", "netCDF4", "dask")
LIMIT = 500
FEW = 3


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def tracked(*suffixes: str) -> list[Path]:
    """Files that git knows or would know, by suffix (all without one)."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    paths = [ROOT / line for line in done.stdout.splitlines()]
    return [path for path in paths if path.is_file() and (not suffixes or path.suffix in suffixes)]


def imports(path: Path) -> Iterator[str]:
    """Absolute dotted names that a file imports, wherever in it, other than for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative import"
            yield node.module or ""


def of_package(names: Iterator[str], package: str) -> bool:
    return any(name == package or name.startswith(package + ".") for name in names)


@pytest.mark.parametrize("path", KERNELS, ids=name_of)
def test_kernels_import_arrays_mathematics_and_random_numbers_only(path: Path) -> None:
    allowed = {"__future__", "typing", "enum", "math", "numpy", "techsim.population.compiled"}
    allowed |= {"techsim.population.draws", "techsim.population.randomness", "techsim.population.states"}
    others = [n for n in imports(path) if n not in allowed and not re.fullmatch(r"techsim\.mechanisms\..*kernels", n)]
    assert others == []


@pytest.mark.parametrize("path", [*KERNELS, *COMPILED], ids=name_of)
def test_kernels_are_compiled_alike_and_return_a_few_values(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        decorators = [ast.unparse(d) for d in node.decorator_list]
        if path in KERNELS:
            assert set(decorators) <= {"kernel", "inlined", "unchecked"}, node.name
        if decorators and "philox" not in node.name and node.name != "_round":
            returned = [r.value for r in ast.walk(node) if isinstance(r, ast.Return)]
            assert all(len(r.elts) <= FEW for r in returned if isinstance(r, ast.Tuple)), node.name


@pytest.mark.parametrize("how", [compiled.kernel, compiled.inlined, compiled.unchecked])
def test_kernels_are_cached_and_exact(how: Callable[..., Any]) -> None:
    """Machine code is kept, and no kernel trades exactness or the order of sums for speed."""
    made = how(name_of)
    options = made.targetoptions
    assert isinstance(made._cache, compiled._Cache)
    assert options["nogil"]
    assert not options.keys() & {"fastmath", "parallel"}


@pytest.mark.parametrize("path", DECLARATIONS, ids=name_of)
def test_declarations_import_next_to_nothing(path: Path) -> None:
    found = [n for n in imports(path) if n.partition(".")[0] in HEAVY]
    assert found == []


@pytest.mark.parametrize("library", ["mesa", "dask", "numba"])
def test_heavy_libraries_stay_in_their_rooms(library: str) -> None:
    rooms = {
        "mesa": ("model/", "experiment/"),
        "dask": ("experiment/",),
        "numba": ("mechanisms/", "population/", "experiment/"),
    }
    strangers = [
        name_of(path)
        for path in MODULES
        if of_package(imports(path), library) and not name_of(path).startswith(rooms[library])
    ]
    assert strangers == []


@pytest.mark.parametrize("name", ["population/states.py", "population/clock.py", "declarations.py", "compiling.py"])
def test_what_all_layers_may_import_imports_nothing_of_techsim(name: str) -> None:
    assert not of_package(imports(SOURCE / name), "techsim")


STARTS = {
    "package": "import techsim",
    "catalogue": "from techsim.model.catalogue import catalogue; catalogue()",
    "help": """
sys.argv = ["techsim", "--help"]
from techsim.cli.main import main
try:
    main()
except SystemExit:
    pass
""",
}


@pytest.mark.parametrize("start", STARTS)
def test_starting_loads_nothing_heavy(start: str) -> None:
    """What makes ``techsim --help`` quick, as a fact rather than as a stopwatch."""
    code = f"import sys\n{STARTS[start]}\nprint('loaded', [n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded []"


def test_files_are_short() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in tracked(".py", ".md", ".yaml", ".toml", ".html", ".css", ".js")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= LIMIT
        and "reference" not in path.parts
        and "schema" not in path.parts
        and path.name not in WRITTEN
    }
    assert long == {}


def test_no_file_names_this_machine_or_a_place_to_fetch_from() -> None:
    # Put together here, so that this file does not find itself.
    forbidden = re.compile(
        "|".join(["pypi" + r"\.org", "/wo" + "rk/", "/tm" + "p/w", "/ro" + "ot/", "file" + "://", "/o" + "pt/"])
    )
    found = {
        path.relative_to(ROOT).as_posix(): match.group()
        for path in tracked(".py", ".md", ".yaml", ".toml", ".csv", ".txt", ".html", "")
        if (match := forbidden.search(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


def test_every_declared_parameter_is_read() -> None:
    """Each parameter's full name stands in some module other than a declaration: a mechanism asks for it."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in MODULES if path.name != "declare.py")
    made = [re.sub(r"\\\{\w+\\\}", r"\\w+", re.escape(name)) for name in re.findall(r'f"(\w+\.\w*\{\w+\}\w*)"', text)]
    unread = [
        name
        for name in catalogue().parameters
        if f'"{name}"' not in text and not any(re.fullmatch(pattern, name) for pattern in made)
    ]
    assert unread == []


def test_every_parameter_says_where_it_is_from() -> None:
    for name, parameter in catalogue().parameters.items():
        assert parameter.source.strip(), name
        assert parameter.meaning.strip(), name
        assert parameter.unit.strip(), name
        assert parameter.low < parameter.high, name


def test_every_indicator_is_written() -> None:
    """Each indicator's name is asked of the recorder by some process, or made by the dataset builder."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in MODULES if path.name != "declare.py")
    unwritten = [i.name for i in catalogue().indicators if f'"{i.name}"' not in text]
    assert unwritten == []


def test_every_hook_is_read_and_belongs_to_somebody() -> None:
    from techsim.levers.hooks import HOOKS  # here: a missing hook list must fail this test alone

    text = "\n".join(
        path.read_text(encoding="utf-8") for path in MODULES if "levers" not in path.relative_to(SOURCE).parts
    )
    names = [hook.name for hook in (HOOKS.values() if hasattr(HOOKS, "values") else HOOKS)]
    assert names
    assert [name for name in names if f'"{name}"' not in text] == []


@pytest.mark.parametrize("mechanism", IDS)
@pytest.mark.parametrize("place", ["src/techsim", "tests", "docs"])
def test_every_mechanism_stands_in_code_tests_and_docs(mechanism: str, place: str) -> None:
    pattern = re.compile(rf"\b{mechanism}\b")
    paths = [p for p in (ROOT / place).rglob("*") if p.suffix in (".py", ".md") and p != Path(__file__)]
    assert any(pattern.search(path.read_text(encoding="utf-8")) for path in paths)


def test_import_contracts_name_what_exists() -> None:
    """A contract about a package that was renamed would pass for ever."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = set(re.findall(r'"(techsim[\w.]*)"', text.partition("[tool.importlinter]")[2]))
    assert named
    for dotted in named:
        base = SOURCE.joinpath(*dotted.split(".")[1:])
        assert base.is_dir() or base.with_suffix(".py").is_file(), dotted
