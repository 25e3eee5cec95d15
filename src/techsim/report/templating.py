"""The templates of the pages."""

from __future__ import annotations

import jinja2
from markupsafe import Markup


def environment() -> jinja2.Environment:
    """The templates of this package: what is put into them is escaped, and what they miss is an error."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("techsim.report", "templates"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def text(templates: jinja2.Environment, name: str) -> Markup:
    """A file of the templates as it is: style or script, which hold no text of users."""
    assert templates.loader is not None
    return Markup(templates.loader.get_source(templates, name)[0])
