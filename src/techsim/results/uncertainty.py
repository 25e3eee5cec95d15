"""What an interval over draws holds, in plain words: luck alone, or luck and what is unknown about the parameters."""

from __future__ import annotations


def holds(source: str, draws: int, what: str = "intervals") -> str:
    """What the intervals (bands) of a page hold, and what they know nothing of.

    Parameters
    ----------
    source : str
        Where draws have their parameters from: ``default``, ``prior``, or the name of a file of parameter sets.
    draws : int
        More than one.
    """
    if source == "default":
        return (
            f"The {what} hold luck alone: all {draws} draws have the same parameters and differ by luck alone. They "
            "know nothing of what we do not know about the parameters, so the real uncertainty is larger."
        )
    if source == "prior":
        return (
            f"The {what} hold luck and what is unknown about the parameters: each of the {draws} draws has values of "
            "its own, drawn from their priors, most of them wide and none held beside the published figures. They "
            "do not hold what the model leaves out."
        )
    return (
        f"The {what} hold luck and parameters: each of the {draws} draws has a set of {source}. Of what is unknown "
        "about the parameters they know as much as that file; they do not hold what the model leaves out."
    )


def short(source: str) -> str:
    """The same in a few words, for the head of a page."""
    if source == "default":
        return "the same in all draws: luck alone"
    return "drawn from their priors" if source == "prior" else f"a set of {source} in each draw"
