"""Measure and print: ``python benchmarks/report.py [--only TEXT] [--save]`` gives Markdown tables.

Runs the suite of this folder with pytest-benchmark in a process of its own, reads its JSON, and prints throughput
with the ratios between the forms, all from the same run. The best round counts, as the one that other work on
the machine disturbed least; the spread is printed beside it. ``--save`` also writes ``benchmarks/results/``.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PEER = "mesa, an object per person, its own random numbers"
LIBRARIES = ("numba", "numpy", "mesa", "pytest-benchmark")


def machine() -> list[str]:
    """What was measured on: processor, cores, system, versions; nothing that names the machine or its folders."""
    model = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), model)
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return [
        f"- processor: {model}, {os.cpu_count()} cores seen",
        f"- system: {platform.system()} {platform.machine()}, Python {platform.python_version()}",
        f"- {versions}",
        f"- date: {datetime.datetime.now(datetime.UTC).date()}",
    ]


def measured(only: str | None) -> list[dict[str, Any]]:
    """Run the suite; the benchmarks of its JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmarks.json"
        command = [sys.executable, "-m", "pytest", str(HERE), "-p", "no:cacheprovider", f"--benchmark-json={path}"]
        command += ["--benchmark-columns=min,median,rounds", "-k", only] if only else []
        done = subprocess.run(command, cwd=HERE.parent, stdout=sys.stderr, check=False)
        if done.returncode or not path.exists():
            sys.exit(f"the suite failed with status {done.returncode}; its words are above")
        found: list[dict[str, Any]] = json.loads(path.read_text())["benchmarks"]
        return found


def row(benchmark: dict[str, Any]) -> tuple[str, float, float, float]:
    """Label, best seconds, median seconds, million person-months a second at the best."""
    info, stats = benchmark["extra_info"], benchmark["stats"]
    return info["label"], stats["min"], stats["median"], info["person_months"] / stats["min"] / 1e6


def table(group: str, benchmarks: list[dict[str, Any]]) -> list[str]:
    """Markdown of one group; the reference month also gets the ratio to one mesa object per person."""
    rows = [row(b) for b in benchmarks]
    peer = next((speed for label, _, _, speed in rows if label == PEER), None)
    head = ["", "best, ms", "median, ms", "million person-months/s", *(["times mesa"] if peer else [])]
    lines = [f"## {group[0].upper()}{group[1:]}", "", "| " + " | ".join(head) + " |"]
    lines.append("|---|" + "---:|" * (len(head) - 1))
    for label, best, median, speed in rows:
        cells = [label, f"{best * 1e3:,.2f}", f"{median * 1e3:,.2f}", f"{speed:,.1f}"]
        cells += [f"{speed / peer:.1f}"] if peer else []
        lines.append("| " + " | ".join(cells) + " |")
    return [*lines, ""]


def main() -> None:
    """Measure, print, and save if asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", help="measure only what fits this pytest -k expression")
    parser.add_argument("--save", action="store_true", help="also write benchmarks/results/<date>.md")
    options = parser.parse_args()
    groups: dict[str, list[dict[str, Any]]] = {}
    for benchmark in measured(options.only):
        groups.setdefault(benchmark["group"], []).append(benchmark)
    lines = ["# Measured speed", "", *machine(), ""]
    for group, members in groups.items():
        lines += table(group, members)
    text = "\n".join(lines)
    print(text)
    if options.save:
        results = HERE / "results"
        results.mkdir(exist_ok=True)
        (results / f"{datetime.datetime.now(datetime.UTC).date()}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
