"""The JSON Schema (draft 2020-12) of a scenario, for editors: names, docs, defaults and bounds as you type."""

from __future__ import annotations

import math
from typing import Any

from techsim.declarations import Parameter
from techsim.scenario.catalogue import Catalogue, DeclaredLever
from techsim.scenario.models import Written

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(catalogue: Catalogue) -> dict[str, Any]:
    """The schema as plain data: the models' fields, with the catalogue's parameters, levers, paths and regions."""
    schema = Written.model_json_schema()
    definitions: dict[str, Any] = schema.pop("$defs", {})
    properties = schema["properties"]
    properties["parameters"] = {
        "description": properties["parameters"]["description"],
        "type": "object",
        "properties": {name: _parameter(p) for name, p in sorted(catalogue.parameters.items())},
        "additionalProperties": False,
    }
    properties["levers"] = {
        "description": properties["levers"]["description"],
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: _lever(lever, definitions) for name, lever in sorted(catalogue.levers.items())},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        },
    }
    whole = {"$schema": DIALECT, **schema, "title": "techsim scenario", "description": "", "$defs": definitions}
    whole["description"] = "What differs from the scenario that it extends."
    filled: dict[str, Any] = _filled(whole, catalogue)
    return filled


def _parameter(parameter: Parameter) -> dict[str, Any]:
    bounds = {"minimum": parameter.low, "maximum": parameter.high}
    return {
        "type": "number",
        **{key: value for key, value in bounds.items() if math.isfinite(value)},
        "default": parameter.default,
        "description": f"{parameter.meaning} [{parameter.unit}] ({parameter.mechanism}). Source: {parameter.source}.",
    }


def _lever(lever: DeclaredLever, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = lever.fields.model_json_schema()
    definitions.update(schema.pop("$defs", {}))
    schema.pop("title", None)
    return {**schema, "description": lever.doc}


def _filled(node: Any, catalogue: Catalogue) -> Any:
    """The schema with the catalogue's names, and without what pydantic adds that an editor has no use for."""
    if isinstance(node, list):
        return [_filled(item, catalogue) for item in node]
    if not isinstance(node, dict):
        return node
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key == "x-names":
            out["enum"] = list(getattr(catalogue, value))
        elif not (key == "default" and value is None):
            out[key] = _filled(value, catalogue)
    if "patternProperties" in out:  # keys that fit no pattern are errors here, not free
        out["additionalProperties"] = False
    return out
