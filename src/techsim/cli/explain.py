"""``techsim explain``: anything that has a name, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from techsim.results.derived import DERIVED

if TYPE_CHECKING:
    from techsim.scenario.catalogue import Catalogue

    Finder = Callable[[str, Catalogue], list[str] | None]


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A parameter (profile.peer_weight), lever, hook, indicator, cycle path, scenario field (draws.number) "
            "or mechanism (K2).",
        ),
    ],
) -> None:
    """Explain a name: meaning, unit, default, bounds, prior, source.

    Exit status 2 if nothing has that name.
    """
    from techsim.model.catalogue import catalogue
    from techsim.scenario.names import did_you_mean, listed
    from techsim.scenario.nodes import quote

    known = catalogue()
    found = [lines for finder in FINDERS if (lines := finder(name.strip(), known)) is not None]
    if found:
        typer.echo("\n\n".join("\n".join(lines) for lines in found))
        return
    typer.echo(f"nothing is called {quote(name)}", err=True)
    group = [other for other in known.parameters if other.startswith(f"{name.strip()}.")]
    hint = f"parameters of this group: {listed(group)}" if group else did_you_mean(name, names(known))
    if hint:
        typer.echo(hint, err=True)
    raise typer.Exit(2)


def names(catalogue: Catalogue) -> Iterator[str]:
    """Everything that can be explained."""
    yield from catalogue.parameters
    yield from catalogue.levers
    yield from catalogue.hooks
    yield from (indicator.name for indicator in catalogue.indicators)
    yield from (indicator.name for indicator in DERIVED)
    yield from catalogue.cycle_paths
    yield from catalogue.mechanisms
    yield from _fields()


def _parameter(name: str, catalogue: Catalogue) -> list[str] | None:
    from techsim.cli.describing import rows

    parameter = catalogue.parameters.get(name)
    if parameter is None:
        return None
    return [
        f"{name}: parameter",
        *rows(
            [
                ("meaning", parameter.meaning),
                ("unit", parameter.unit),
                ("default", f"{parameter.default:g}"),
                ("bounds", f"{parameter.low:g} to {parameter.high:g}"),
                ("prior", str(parameter.prior)),
                ("source", parameter.source),
                ("mechanism", parameter.mechanism),
                ("set it with", f"parameters: {{{name}: {parameter.default:g}}}"),
            ]
        ),
    ]


def _lever(name: str, catalogue: Catalogue) -> list[str] | None:
    from techsim.cli.describing import lever_lines

    lever = catalogue.levers.get(name)
    if lever is None:
        return None
    first, *others = lever_lines(lever, catalogue)
    return [f"{first}: lever", *others]


def _hook(name: str, catalogue: Catalogue) -> list[str] | None:
    from techsim.cli.describing import rows

    hook = catalogue.hooks.get(name)
    if hook is None:
        return None
    users = [lever.name for lever in catalogue.levers.values() if name in lever.hooks]
    shape = "one value per region" if hook.shape == "region" else "one value"
    laws = {
        "add": "changes are added",
        "multiply": "changes are multiplied",
        "max": "the highest of base and changes counts",
    }
    return [
        f"{name}: hook, what levers may change",
        *rows(
            [
                ("meaning", hook.meaning),
                ("unit", f"{hook.unit}, {shape}"),
                ("bounds", f"{hook.low:g} to {hook.high:g}"),
                ("combines", laws.get(hook.law, hook.law)),
                ("read by", ", ".join(hook.reads)),
                ("changed by", ", ".join(users) or "no lever yet"),
            ]
        ),
    ]


def _indicator(name: str, catalogue: Catalogue) -> list[str] | None:
    from techsim.cli.describing import rows

    for indicator in catalogue.indicators:
        if indicator.name == name:
            facts = [
                ("meaning", indicator.long_name),
                ("unit", indicator.unit),
                ("kind", indicator.kind),
                ("period", indicator.period.replace("_", " ")),
                ("groups", ", ".join(indicator.groups)),
                ("mechanism", indicator.mechanism),
            ]
            return [f"{name}: indicator", *rows(facts)]
    return None


def _derived(name: str, catalogue: Catalogue) -> list[str] | None:
    from techsim.cli.describing import rows

    for indicator in DERIVED:
        if indicator.name == name:
            facts = [
                ("meaning", indicator.long_name),
                ("unit", indicator.unit),
                ("kind", indicator.kind),
                ("worked out", f"from {', '.join(indicator.needs)}"),
                ("mechanism", indicator.mechanism),
            ]
            return [f"{name}: indicator, worked out after the run", *rows(facts)]
    return None


def _cycle_path(name: str, catalogue: Catalogue) -> list[str] | None:
    from techsim.cli.describing import rows

    if name not in catalogue.cycle_paths:
        return None
    facts = [("meaning", catalogue.cycle_paths[name]), ("set it with", f"cycle: {{path: {name}}}")]
    return [f"{name}: path of the business cycle", *rows(facts)]


def _mechanism(name: str, catalogue: Catalogue) -> list[str] | None:
    ident = next((known for known in catalogue.mechanisms if known.lower() == name.lower()), None)
    if ident is None:
        return None
    own = [parameter.name for parameter in catalogue.parameters.values() if parameter.mechanism == ident]
    indicators = [indicator.name for indicator in catalogue.indicators if indicator.mechanism == ident]
    indicators += [indicator.name for indicator in DERIVED if indicator.mechanism == ident]
    lines = [f"{ident}: mechanism", "", *catalogue.mechanisms[ident].strip().splitlines(), ""]
    lines += ["parameters:", *(f"  {parameter}" for parameter in own)] if own else []
    lines += ["indicators:", *(f"  {indicator}" for indicator in indicators)] if indicators else []
    return lines


def _fields() -> dict[str, tuple[str, str]]:
    """Dotted names of the scenario's fields; section (empty at the top) and field of each."""
    from techsim.scenario.misplaced import SECTIONS
    from techsim.scenario.models import Written

    found = {name: ("", name) for name in Written.model_fields}
    for section, model in SECTIONS.items():
        found.update({f"{section}.{name}": (section, name) for name in model.model_fields})
    return found


def _field(name: str, catalogue: Catalogue) -> list[str] | None:
    from techsim.cli.describing import field_rows, rows
    from techsim.scenario.misplaced import SECTIONS
    from techsim.scenario.models import Written

    place = _fields().get(name)
    if place is None:
        return None
    section, field = place
    if section:
        return [f"{name}: field of a scenario", *rows(field_rows(SECTIONS[section], field))]
    facts = [("meaning", Written.model_fields[field].description or "")]
    if field in SECTIONS:
        facts.append(("fields", ", ".join(f"{field}.{inner}" for inner in SECTIONS[field].model_fields)))
    return [f"{name}: field of a scenario", *rows(facts)]


FINDERS: tuple[Finder, ...] = (_parameter, _lever, _hook, _indicator, _derived, _cycle_path, _mechanism, _field)
