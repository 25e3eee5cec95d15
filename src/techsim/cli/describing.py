"""Levers and fields in words, for ``techsim levers`` and ``techsim explain``."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic.fields import FieldInfo

    from techsim.scenario.catalogue import Catalogue, DeclaredLever

WIDTH = 100


def wrapped(text: str, indent: int) -> list[str]:
    """Lines of at most ``WIDTH`` characters, indented; blank lines part paragraphs."""
    space = " " * indent
    return textwrap.wrap(
        " ".join(text.split()), WIDTH, initial_indent=space, subsequent_indent=space, break_on_hyphens=False
    )


def rows(pairs: Iterable[tuple[str, str]], indent: int = 2, width: int = 13) -> list[str]:
    """``label  text`` lines; long texts go on below themselves, empty texts are left out."""
    out: list[str] = []
    for label, text in pairs:
        if text:
            first, *others = textwrap.wrap(" ".join(text.split()), WIDTH - indent - width, break_on_hyphens=False)
            if len(label) >= width:  # a long label has a line of its own
                out.append(f"{'':<{indent}}{label} ")
                out.append(f"{'':<{indent + width}}{first}")
            else:
                out.append(f"{'':<{indent}}{label:<{width}}{first}")
            out += [f"{'':<{indent + width}}{line}" for line in others]
    return out


def field_rows(model: type[BaseModel], name: str) -> list[tuple[str, str]]:
    """Meaning, unit, default, what is allowed and source of a model's field."""
    field = model.model_fields[name]
    schema = model.model_json_schema()["properties"][name]
    extra: Mapping[str, Any] = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    return [
        ("meaning", field.description or ""),
        ("unit", str(extra.get("unit", ""))),
        ("default", default_of(field)),
        ("allowed", allowed(schema) or _inner(field)),
        ("source", str(extra.get("source", ""))),
    ]


def _inner(field: FieldInfo) -> str:
    """The fields of a field that is a block of keys itself."""
    from techsim.scenario.models import Section

    for candidate in (field.annotation, *getattr(field.annotation, "__args__", ())):
        if isinstance(candidate, type) and issubclass(candidate, Section):
            schemas = candidate.model_json_schema()["properties"]
            return "; ".join(f"{{{name}: {allowed(schema)}}}" for name, schema in schemas.items())
    return ""


def default_of(field: FieldInfo) -> str:
    """The field's default in words."""
    if field.is_required():
        return "none: must be given"
    value = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value in ({}, ""):
        return "left out"
    return f"{value:g}" if isinstance(value, float) else str(value)


def allowed(schema: Mapping[str, Any]) -> str:
    """What a JSON Schema allows, in words."""
    if "enum" in schema:
        return "one of " + ", ".join(map(str, schema["enum"]))
    if "enum" in (schema.get("anyOf") or [{}])[0]:
        return f"{allowed(schema['anyOf'][0])}, or the path of a file"
    if "minimum" in schema and "maximum" in schema:
        whole = "whole number" if schema.get("type") == "integer" else "number"
        return f"a {whole} from {schema['minimum']:g} to {schema['maximum']:g}"
    if "pattern" in schema:
        return "a month YYYY-MM"
    if schema.get("type") == "array":
        return "a list of regions"
    return ""


def lever_lines(lever: DeclaredLever, catalogue: Catalogue) -> Iterator[str]:
    """A lever with its hooks, fields and side effects."""
    yield lever.name
    yield from wrapped(lever.doc, 2)
    yield from rows([("acts on", ", ".join(lever.mechanisms))])
    for name in lever.hooks:
        hook = catalogue.hooks.get(name)
        yield from rows([("changes", f"{name} ({hook.law}): {hook.meaning} [{hook.unit}]" if hook else name)])
    yield from rows(("side effect", text) for text in lever.side_effects)
    yield "  fields"
    for name in lever.fields.model_fields:
        facts = dict(field_rows(lever.fields, name))
        yield from rows([(name, facts.pop("meaning"))], indent=4)
        units = f" [{facts['unit']}]" if facts["unit"] else ""
        bounds = f"; {facts['allowed']}" if facts["allowed"] else ""
        yield from rows([("", f"default {facts['default']}{units}{bounds}")], indent=4)
        yield from rows([("", f"source: {facts['source']}" if facts["source"] else "")], indent=4)
