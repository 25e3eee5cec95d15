"""A whole run, kept: totals of every count of a coarse baseline of five years.

They change when the model changes, and only then; who changes it looks at the difference and accepts it by copying the
``.actual.json`` that a failure leaves beside the golden file. The tolerance covers other versions of the mathematical
libraries, in which single choices may fall otherwise.
"""

from __future__ import annotations

import json
from pathlib import Path

from model.runs import finished, scenario

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "baseline_2008_2012.json"
TOLERANCE = 0.02
"""Relative, plus a few simulated people for small counts."""
FEW = 12


def totals() -> dict[str, float]:
    recorder = finished(scenario(end="2012-12", scale=1000, path="baseline")).world.recorder
    counts = {i.name for i in recorder.indicators.values() if i.kind in ("stock", "flow")}
    return {name: float(recorder.arrays[name].sum()) for name in sorted(counts)}


def test_a_whole_run_is_as_it_was() -> None:
    actual = totals()
    golden = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    off = {
        name: (golden.get(name), value)
        for name, value in actual.items()
        if name not in golden or abs(value - golden[name]) > TOLERANCE * abs(golden[name]) + FEW
    }
    if off or set(golden) != set(actual):
        found = GOLDEN.with_suffix(".actual.json")
        found.write_text(json.dumps(actual, indent=1) + "\n", encoding="utf-8")
        said = f"differs from {GOLDEN.name} (golden, now): {off}; to accept, put {found.name} in its place"
        raise AssertionError(said)
