"""What a training lever (STAP, SLIM) did, by level: who used it, what it displaced, what it added; from a pair (W4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from techsim.results.pairs import require_pair

if TYPE_CHECKING:
    import xarray as xr

PRIVATE = ("employer", "fund", "own")


def evaluate(with_lever: xr.Dataset, without: xr.Dataset, lever: str = "stap") -> xr.Dataset:
    """Users, participants and courses more, deadweight, private money displaced and public money, by draw and level.

    Participants more are those with the lever less those without it; what it paid for beyond them is deadweight: people
    who would have begun a course that year anyway. Private money displaced is what employers, funds and people spend
    less on courses than without it; where it is negative they spend more, as they pay the rest of some courses.

    Parameters
    ----------
    with_lever, without : Dataset
        Results of the same draws and years that differ in the lever only.
    lever : str
        ``stap`` or ``slim``, the label of its ``payer``.

    Returns
    -------
    Dataset (draw, level)
        ``users``, ``participants_more`` [persons], ``courses_more`` [courses], ``deadweight`` [share of users],
        ``money_displaced``, ``public_money`` [euro], ``displaced_per_euro`` [private euro displaced per public euro].

    Raises
    ------
    ValueError
        If draws, years or levels differ, or nobody used the lever.
    """
    import xarray as xr

    require_pair(with_lever, without, ("draw", "year", "level", "payer"))
    over = ["year", "technical_occupation", "payer"]
    users = with_lever["training_participants"].sel(payer=lever, drop=True).sum(["year", "technical_occupation"])
    if not bool((users.sum("level") > 0).any()):
        raise ValueError(f"nobody used the lever {lever}")

    def more(name: str) -> xr.DataArray:
        difference: xr.DataArray = with_lever[name].astype(float) - without[name]
        return difference

    people = more("training_participants").sum(over)
    money = more("course_money")
    displaced = -money.sel(payer=list(PRIVATE)).sum(["year", "payer"])
    public = money.sel(payer=lever, drop=True).sum("year")
    return xr.Dataset(
        {
            "users": users,
            "participants_more": people,
            "courses_more": more("courses").sum(over),
            "deadweight": 1.0 - people / users.where(users > 0),
            "money_displaced": displaced,
            "public_money": public,
            "displaced_per_euro": displaced / public.where(public > 0),
        }
    )
