"""Policy levers, a file each; ``hooks`` says what they may change, ``applying`` how they combine.

To add one: a file here with ``LEVER = LeverType(...)``, its test, its line in the docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from techsim.levers.base import LeverType


def catalogue() -> Mapping[str, LeverType]:
    """Every lever by name, in name order (see :func:`techsim.levers.scanning.catalogue`)."""
    from techsim.levers import scanning

    return scanning.catalogue()
