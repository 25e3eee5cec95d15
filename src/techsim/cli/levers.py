"""``techsim levers``: the policy levers, what they change, their fields."""

from __future__ import annotations

import typer


def levers() -> None:
    """List the policy levers: what they change, their fields with unit, default, bounds and source, side effects."""
    from techsim.cli.describing import lever_lines
    from techsim.model.catalogue import catalogue

    known = catalogue()
    blocks = ["\n".join(lever_lines(lever, known)) for _, lever in sorted(known.levers.items())]
    typer.echo("\n\n".join(blocks))
