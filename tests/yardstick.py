"""How slow this machine is now: what promises a user an answer in time is held to the same pace on every machine."""

from __future__ import annotations

import time

LOOP, AT_REST = 300_000, 0.015
"""Turns of a plain loop, and the processor's seconds that they take on the machines that limits were set for."""


def slowness() -> float:
    """Times by which this machine is slower, just now, than those that limits were set for; at least 1."""
    begun, n = time.process_time(), 0
    for i in range(LOOP):
        n = (n * 31 + i) % 65521
    return max(1.0, (time.process_time() - begun) / AT_REST)
