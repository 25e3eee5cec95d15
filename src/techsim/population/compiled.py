"""How kernels are compiled, said once.

Machine code is kept between runs (:mod:`techsim.compiling`), and other threads go on while it runs. Nobody calls a
kernel from C: to leave out what that takes spares a tenth of the compilation.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numba
from numba.core.caching import FunctionCache


class _Cache(FunctionCache):
    """numba's, into which one process at a time writes.

    numba names a file of machine code after those in the index of a function, which it then writes: processes that do
    so at once, for different types, take the same name, and each key may stand for the code of another.
    """

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep the machine code of ``data`` for the signature ``sig``."""
        from filelock import FileLock  # what is loaded needs none

        numbas: Any = super()
        with FileLock(os.path.join(self.cache_path, "writing.lock")):
            numbas.save_overload(sig, data)


def _decorator(**options: Any) -> Callable[..., Any]:
    njit: Any = numba.njit
    cache: Any = _Cache
    compiled = njit(nogil=True, no_cfunc_wrapper=True, **options)

    def decorate(function: Callable[..., Any]) -> Any:
        made: Any = compiled(function)
        if made is not function:  # not where numba is switched off
            made._cache = cache(function)
        return made

    return decorate


kernel = _decorator()
"""Decorator of every kernel."""
inlined = _decorator(inline="always")
"""Of what is put in place of its call, so that a loop around it runs in the processor's vector units."""
unchecked = _decorator(error_model="numpy")
"""Of a kernel that divides by what is never zero, or may give infinity: a check would keep it off the vector units."""
