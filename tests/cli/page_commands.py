"""The command that a page gives to make it again."""

from __future__ import annotations

import html
import re
import shlex


def command_of(page: str) -> list[str]:
    """The words after ``techsim`` of the one command in the last part of a page."""
    (found,) = re.findall(r"<pre><code>(techsim [^<]*)</code></pre>", page[page.index('id="again"') :])
    first, *words = shlex.split(html.unescape(found))
    assert first == "techsim"
    return words
