"""How kernels are compiled, said once.

Machine code is kept between runs (:mod:`techsim.compiling`), and other threads go on while it runs. Nobody calls a
kernel from C: to leave out what that takes spares a tenth of the compilation.
"""

from __future__ import annotations

from typing import Any

import numba

_ALWAYS: dict[str, Any] = {"cache": True, "nogil": True, "no_cfunc_wrapper": True}

kernel: Any = numba.njit(**_ALWAYS)
"""Decorator of every kernel."""
inlined: Any = numba.njit(**_ALWAYS, inline="always")
"""Of what is put in place of its call, so that a loop around it runs in the processor's vector units."""
unchecked: Any = numba.njit(**_ALWAYS, error_model="numpy")
"""Of a kernel that divides by what is never zero, or may give infinity: a check would keep it off the vector units."""
