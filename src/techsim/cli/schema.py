"""``techsim schema``: the JSON Schema of a scenario, for editors."""

from __future__ import annotations

import typer


def schema() -> None:
    """Print the JSON Schema of a scenario, so that an editor completes and checks as you type."""
    typer.echo(text(), nl=False)


def text() -> str:
    """The schema as it stands in ``schema/scenario.schema.json``."""
    import json

    from techsim.model.catalogue import catalogue
    from techsim.scenario import json_schema

    return json.dumps(json_schema(catalogue()), indent=2, ensure_ascii=True) + "\n"
