"""The kernels that a model calls, and the types that it hands them, known before it calls them.

numba learns what to compile from the first call, and so compiles one kernel after another. ``signatures.txt`` holds
what it would learn, a kernel and its types a line, as in ``techsim.population.draws.uniforms(int64, int64,
array(uint64, 1), int64, int64)``; ``scripts/signatures.py`` writes it and a test holds it to what a run calls.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("signatures.txt")


def listed() -> list[str]:
    """The lines of ``signatures.txt``."""
    return LIST.read_text(encoding="utf-8").splitlines()


def module_of(line: str) -> str:
    """Name of the module of a line's kernel."""
    return line.partition("(")[0].rpartition(".")[0]


def read(line: str) -> tuple[Any, tuple[Any, ...]]:
    """The kernel of a line, and the types that it is compiled for.

    Raises
    ------
    AttributeError, ImportError
        If there is no such kernel.
    """
    call = ast.parse(line, mode="eval").body
    assert isinstance(call, ast.Call)
    return _named(call.func), tuple(_type(argument) for argument in call.args)


def write(kernel: Any, kinds: tuple[Any, ...]) -> str:
    """The line of a kernel and types, which :func:`read` reads."""
    return f"{kernel.py_func.__module__}.{kernel.py_func.__name__}({_together(kinds)})"


def loaded() -> Iterator[str]:
    """A line for each kernel that Python has called in this process and what with; none if any had to be compiled.

    While a kernel compiles, those that it calls get signatures too, which then look like calls from Python.
    """
    kernels = list(_dispatchers())
    if not any(kernel.stats.cache_misses for kernel in kernels):
        for kernel in kernels:
            for kinds in kernel.signatures:
                yield write(kernel, kinds)


def _dispatchers() -> Iterator[Any]:
    """The compiled functions of every module of techsim that is loaded, each once."""
    from numba.core.registry import CPUDispatcher

    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] == "techsim":
            for value in vars(module).values():
                if isinstance(value, CPUDispatcher) and value.py_func.__module__ == name:
                    yield value


def _said(kind: Any) -> str:
    """A numba type in words that :func:`_type` reads back; AssertionError for what no kernel is handed yet."""
    from numba import types

    if isinstance(kind, types.Array):
        assert kind == types.Array(kind.dtype, kind.ndim, "C", not kind.mutable), f"{kind}: not a whole array"
        return f"{'array' if kind.mutable else 'readonly'}({kind.dtype}, {kind.ndim})"
    if isinstance(kind, types.BaseTuple):
        items: Any = kind
        maker = getattr(kind, "instance_class", None)
        name = f"{maker.__module__}.{maker.__qualname__}" if maker else "tuple"
        return f"{name}({_together(tuple(items))})"
    return str(kind)


def _together(kinds: tuple[Any, ...]) -> str:
    return ", ".join(_said(kind) for kind in kinds)


def _type(node: ast.expr) -> Any:
    from numba import types

    if isinstance(node, ast.Name):
        return getattr(types, node.id)
    assert isinstance(node, ast.Call)
    if isinstance(node.func, ast.Name) and node.func.id in ("array", "readonly"):
        return types.Array(_type(node.args[0]), ast.literal_eval(node.args[1]), "C", node.func.id == "readonly")
    maker = None if isinstance(node.func, ast.Name) else _named(node.func)
    whole: Any = types.BaseTuple
    return whole.from_types([_type(item) for item in node.args], maker)


def _named(node: ast.expr) -> Any:
    """What a dotted name stands for: a name in a module."""
    module, _, name = ast.unparse(node).rpartition(".")
    return getattr(importlib.import_module(module), name)
