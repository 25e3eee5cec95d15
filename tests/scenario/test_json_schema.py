"""The JSON Schema says the same as the loader, as far as a schema can."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from good_scenarios import BASE, FULL, PROCESS

from techsim.scenario import Catalogue, ScenarioError, json_schema, load_text
from techsim.scenario.models import Written

KEYWORDS = {
    "$schema", "$defs", "$ref", "title", "description", "default", "type", "enum", "minimum", "maximum", "minLength",
    "maxLength", "pattern", "items", "minItems", "uniqueItems", "properties", "required", "additionalProperties",
    "patternProperties", "minProperties", "maxProperties", "anyOf", "unit", "source",
}  # fmt: skip
"""Those of draft 2020-12 that the schema uses, and our own two annotations."""
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


def is_type(value: Any, name: str) -> bool:
    if name in ("number", "integer"):
        whole = isinstance(value, int) or (name == "number" and isinstance(value, float))
        return whole and not isinstance(value, bool)
    return isinstance(value, TYPES[name])


def fits(value: Any, schema: Any, root: dict[str, Any]) -> bool:
    """Whether the value is valid: the keywords above, as draft 2020-12 defines them."""
    if isinstance(schema, bool):
        return schema
    assert schema.keys() <= KEYWORDS, schema.keys() - KEYWORDS
    if "$ref" in schema and not fits(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root):
        return False
    if "anyOf" in schema and not any(fits(value, option, root) for option in schema["anyOf"]):
        return False
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(is_type(value, name) for name in types):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if is_type(value, "number"):
        return schema.get("minimum", value) <= value <= schema.get("maximum", value)
    if isinstance(value, str):
        length = schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
        return length and ("pattern" not in schema or re.search(schema["pattern"], value) is not None)
    if isinstance(value, list):
        unique = not schema.get("uniqueItems") or len({json.dumps(item) for item in value}) == len(value)
        inner = all(fits(item, schema.get("items", {}), root) for item in value)
        return unique and inner and len(value) >= schema.get("minItems", 0)
    if isinstance(value, dict):
        sized = schema.get("minProperties", 0) <= len(value) <= schema.get("maxProperties", len(value))
        inner = all(fits(item, part, root) for key, item in value.items() for part in parts_for(key, schema))
        return sized and inner and all(key in value for key in schema.get("required", []))
    return True


def parts_for(key: str, schema: dict[str, Any]) -> list[Any]:
    """Schemas that the value of a key must fit."""
    parts = [schema["properties"][key]] if key in schema.get("properties", {}) else []
    parts += [part for pattern, part in schema.get("patternProperties", {}).items() if re.search(pattern, key)]
    return parts or [schema.get("additionalProperties", True)]


def data_of(text: str) -> Any:
    """What an editor's language server sees: strings, numbers and truth values, months as strings."""
    plain = yaml.load(text, Loader=yaml.BaseLoader)

    def typed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: typed(item) for key, item in value.items()}
        if isinstance(value, list):
            return [typed(item) for item in value]
        if value in ("true", "false"):
            return value == "true"
        if re.fullmatch(r"[-+]?[0-9]+", value):
            return int(value)
        return float(value) if re.fullmatch(r"[-+]?[0-9]*\.?[0-9]+(e[-+]?[0-9]+)?", value) else value

    return typed(plain)


@pytest.mark.parametrize("text", [BASE, FULL, "name: Short\n", PROCESS, "name: 2030\nextends: a.yaml\nlevers: []\n"])
def test_good_scenarios_fit(text: str, catalogue: Catalogue) -> None:
    schema = json_schema(catalogue)
    assert fits(data_of(text), schema, schema)


@pytest.mark.parametrize(
    "line",
    [
        "perod: {}", "scale: 3", "period: {end: soon}", "period: {stat: 2008-01}", "population: {scale: 0}",
        "population: {scale: 1.5}", "population: {scale: true}", "cycle: {path: bom}", "cycle: {table: {soon: 0.1}}",
        "cycle: {table: {2026: -0.3}}", "cycle: {process: {}}", "cycle: {process: {start: soon}}",
        "cycle: {process: {start: 2026-01, sd: 1}}", "cycle: {process: {start: 2026-01, model: ar3}}",
        "draws: {seed: 4294967296}", "draws: {parameters: priors}",
        "parameters: {choice.peer_weight: 9}", "parameters: {choice: {peer_weight: 1}}", "parameters: {peer_weight: 1}",
        "levers: {career_guidance: {}}", "levers: [career_guidance]", "levers: [{carreer_guidance: {}}]",
        "levers: [{career_guidance: {}, technologieroute: {}}]", "levers: [{career_guidance: {volume: 2}}]",
        "levers: [{career_guidance: {regions: [3]}}]", "levers: [{career_guidance: {regions: []}}]",
        "levers: [{career_guidance: {when: {}}}]", "levers: [{career_guidance: {when: {gap: 1}}}]", "period: 3",
    ],
)  # fmt: skip
def test_broken_scenarios_fit_neither_schema_nor_loader(line: str, catalogue: Catalogue) -> None:
    schema = json_schema(catalogue)
    assert not fits(data_of(f"name: A\n{line}\n"), schema, schema)
    with pytest.raises(ScenarioError):
        load_text(f"name: A\n{line}\n", catalogue)


def test_a_scenario_needs_its_name(catalogue: Catalogue) -> None:
    schema = json_schema(catalogue)
    assert not fits({}, schema, schema)


def test_every_field_is_documented(catalogue: Catalogue) -> None:
    schema = json_schema(catalogue)
    assert set(schema["properties"]) == set(Written.model_fields)
    blocks = [schema, *schema["$defs"].values(), *schema["properties"]["levers"]["items"]["properties"].values()]
    for block in blocks:
        for name, field in block["properties"].items():
            target = schema["$defs"][field["$ref"].removeprefix("#/$defs/")] if "$ref" in field else {}
            assert field.get("description") or target.get("description"), name


def test_parameters_and_levers_come_from_the_catalogue(catalogue: Catalogue) -> None:
    properties = json_schema(catalogue)["properties"]
    assert properties["parameters"]["properties"]["choice.peer_weight"] == {
        "type": "number",
        "minimum": 0.0,
        "maximum": 3.5,
        "default": 0.9,
        "description": "weight of same-sex peers [utility per unit share] (K2). Source: assumption: below 4.",
    }
    assert "maximum" not in properties["parameters"]["properties"]["search.rounds"]  # infinite
    assert set(properties["levers"]["items"]["properties"]) == set(catalogue.levers)
    json.dumps(properties, allow_nan=False)


def test_the_schema_in_the_repository_is_fresh() -> None:
    """``techsim schema > schema/scenario.schema.json`` makes it anew."""
    from techsim.cli.schema import text

    path = Path(__file__).resolve().parents[2] / "schema" / "scenario.schema.json"
    assert path.read_text(encoding="utf-8") == text()
