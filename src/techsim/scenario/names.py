"""The nearest valid name to one that is not."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

LONGEST = 80
"""Longer words are compared by their beginning: the cost of a comparison grows with the square of the length."""


ALIKE, FILES_ALIKE = 0.6, 0.7
"""Least similarity, 0 to 1, of a name that may be meant, and of a file name: a folder holds files of all kinds."""


def nearest(word: str, names: Iterable[str], alike: float = ALIKE) -> str | None:
    """The name that ``word`` most likely means, or None if none is close."""
    by_form: dict[str, str] = {}
    for name in names:
        by_form.setdefault(_form(name), name)
    form = _form(word)
    close = difflib.get_close_matches(form, by_form, n=1, cutoff=alike)
    if close:
        return by_form[close[0]]
    # A parameter named without its group, or only by it.
    ends = [name for key, name in by_form.items() if len(form) > 2 and (key.endswith(f".{form}") or form == key)]
    return ends[0] if len(ends) == 1 else None


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """``did you mean X?``, or nothing."""
    name = nearest(word, names)
    return f"did you mean {name!r}?" if name else ""


def meant(word: str, names: Iterable[str]) -> str:
    """``; did you mean X?`` for the end of a sentence, or nothing."""
    name = nearest(word, names)
    return f"; did you mean {name}?" if name else ""


def listed(names: Iterable[object], limit: int = 12) -> str:
    """Names for a message, the first few of many."""
    shown = [str(name) for name in names]
    if len(shown) <= limit:
        return ", ".join(shown)
    return f"{', '.join(shown[:limit])}, ... ({len(shown)} in all)"


def _form(word: str) -> str:
    return word[:LONGEST].strip().lower().replace("-", "_").replace(" ", "_")
