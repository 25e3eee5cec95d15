"""Write docs/reference.md and docs/parameters.md from what the code declares: ``python scripts/reference.py``.

``tests/test_docs.py`` fails when a page is older than the declarations.
"""

from __future__ import annotations

from pathlib import Path

from techsim.model.catalogue import catalogue
from techsim.results.derived import DERIVED
from techsim.scenario import Catalogue

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEAD = """# {title}

Made by `scripts/reference.py` from the declarations; do not edit. Mechanism ids are explained in [ODD.md](ODD.md),
and by `techsim explain`.
"""


def cell(text: object) -> str:
    """Text that a Markdown table can hold."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(head: tuple[str, ...], rows: list[tuple[object, ...]]) -> list[str]:
    """Lines of a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return [*lines, *("| " + " | ".join(cell(value) for value in row) + " |" for row in rows), ""]


def parameters(known: Catalogue) -> str:
    """The page of parameters."""
    lines = [HEAD.format(title="Parameters"), ""]
    by_group: dict[str, list[tuple[object, ...]]] = {}
    for p in known.parameters.values():
        row = (f"`{p.name}`", p.meaning, p.unit, f"{p.default:g}", f"{p.low:g} to {p.high:g}", p.prior, p.source)
        by_group.setdefault(f"{p.name.partition('.')[0]} ({p.mechanism})", []).append(row)
    for group, rows in by_group.items():
        head = ("parameter", "meaning", "unit", "default", "bounds", "prior", "source")
        lines += [f"## {group}", "", *table(head, rows)]
    return "\n".join(lines)


def reference(known: Catalogue) -> str:
    """The page of levers, hooks, paths of the cycle and indicators."""
    lines = [HEAD.format(title="Reference"), "Parameters stand in [parameters.md](parameters.md).", ""]
    levers = [
        (f"`{lever.name}`", lever.doc, ", ".join(lever.mechanisms), ", ".join(f"`{h}`" for h in lever.hooks),
         "; ".join(lever.side_effects))
        for lever in known.levers.values()
    ]  # fmt: skip
    lines += ["## Levers", "", *table(("lever", "what it is", "acts on", "hooks", "side effects"), levers)]
    hooks = [
        (f"`{h.name}`", h.meaning, h.unit, h.shape, h.law, f"{h.low:g} to {h.high:g}", ", ".join(h.reads))
        for h in known.hooks.values()
    ]
    head = ("hook", "what it is", "unit", "shape", "changes combine by", "bounds", "read by")
    lines += ["## Hooks: what levers may change", "", *table(head, hooks)]
    paths = [(f"`{name}`", text) for name, text in known.cycle_paths.items()]
    lines += ["## Paths of the business cycle", "", *table(("path", "what it is"), paths)]
    recorded = [
        (f"`{i.name}`", i.long_name, i.unit, i.period.replace("_", " "), ", ".join(i.groups), i.kind, i.mechanism)
        for i in sorted(known.indicators, key=lambda i: i.name)
    ]
    head = ("indicator", "what it is", "unit", "per", "groups", "kind", "mechanism")
    lines += ["## Indicators that mechanisms record", "", *table(head, recorded)]
    derived = [
        (f"`{d.name}`", d.long_name, d.unit, ", ".join(f"`{n}`" for n in d.needs), d.mechanism)
        for d in sorted(DERIVED, key=lambda d: d.name)
    ]
    lines += ["## Indicators that follow from them", ""]
    lines += table(("indicator", "what it is", "unit", "worked out from", "mechanism"), derived)
    return "\n".join(lines)


PAGES = {"reference.md": reference, "parameters.md": parameters}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(catalogue()), encoding="utf-8", newline="\n")
