"""The Dataset of a comparison: ``comparison.nc``, from the draws of all scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from techsim.results import money, outcomes, schemes
from techsim.results.compared import COMPARED, CUMULATIVE, Compared, base_of, variable
from techsim.results.coordinates import BOTH, NO_LEVER
from techsim.results.outcomes import Pair
from techsim.results.writing import in_name_order

if TYPE_CHECKING:
    import xarray as xr

Floats = npt.NDArray[np.float64]
COMPARISON_NC, COMPARISON_CSV, COMPARISON_XLSX = "comparison.nc", "comparison.csv", "comparison.xlsx"
COST = f"discounted_spending_{CUMULATIVE}"
COST_BY_ITEM = f"{COST}_by_item"
STATES = {
    "work_baseline": outcomes.WORK,
    "work_alternative": outcomes.WORK,
    "diploma_baseline": outcomes.DIPLOMA,
    "diploma_alternative": outcomes.DIPLOMA,
    "programme": outcomes.PROGRAMME,
    "measure": outcomes.MEASURE,
    "in_baseline": BOTH,
    "in_alternative": BOTH,
}
SHORT_TIME = (
    "workers", "spells", "worker_months", "industry_share", "jobs_claimed", "jobs_kept", "deadweight",
    "employed_years", "cost", "cost_per_job", "months_after", "spells_anyway", "spells_saved", "spells_lost",
    "spells_anyway_share",
)  # fmt: skip


class Run(Protocol):
    """What a comparison needs of one scenario's run in a draw (``experiment.pairing.OneRun``)."""

    @property
    def indicators(self) -> Mapping[str, tuple[tuple[str, ...], Floats]]: ...
    @property
    def spending(self) -> Floats: ...
    @property
    def levers(self) -> tuple[str, ...]: ...
    @property
    def items(self) -> tuple[str, ...]: ...
    @property
    def people(self) -> tuple[Pair, ...]: ...
    @property
    def changed(self) -> Mapping[str, str]: ...
    @property
    def schemes(self) -> Mapping[str, Mapping[str, float]]: ...
    @property
    def short_time(self) -> Mapping[str, float]: ...
    @property
    def alike(self) -> bool: ...


def build(
    names: Sequence[str],
    draws: Sequence[tuple[int, int, Sequence[Run]]],
    years: npt.NDArray[np.int64],
    horizons: Sequence[int],
    labels: Mapping[str, Sequence[Any]],
    scale: float,
    rate: float,
    attributes: Mapping[str, str | int | float],
    base_year: int | None = None,
) -> xr.Dataset:
    """All scenarios and draws as one Dataset.

    Parameters
    ----------
    names : sequence of str
        Of the scenarios, the baseline first; all different.
    draws : sequence of (number, seed, runs)
        ``runs`` by scenario.
    years : int (year,)
        School and calendar years of the results.
    horizons : sequence of int
        Years of ``Run.people``.
    labels : mapping of group dimension to labels
    scale : float
        Residents per simulated person.
    rate : float
        Discount rate a year.
    base_year : int, optional
        Year to which money is discounted; by the rule for these years if left out.

    Returns
    -------
    Dataset
        Dims ``scenario``, ``draw``, ``year``, ``horizon`` and the groups; the indicators of
        :data:`~techsim.results.compared.COMPARED`, those counted up with ``_cumulative`` after their name; public
        money ``spending``, ``discounted_spending_cumulative`` and the same by lever and item; ``people_by_work``,
        ``people_by_diploma``, these by level and by region, ``participants``, ``schemes`` and ``short_time``.
    """
    import xarray as xr

    draws = sorted(draws, key=lambda draw: draw[0])
    runs = [[draw[2][s] for draw in draws] for s in range(len(names))]
    found: dict[str, tuple[tuple[str, ...], Any, dict[str, Any]]] = {}
    for spec in COMPARED:
        for group in ("", *spec.by):
            name = variable(spec, group)
            if name in runs[0][0].indicators:
                dims = runs[0][0].indicators[name][0]
                values = np.array([[run.indicators[name][1] for run in row] for row in runs])
                found[name] = (("scenario", "draw", *dims), values, _describe(spec, group))
                # By group where the people counted up add up to those of the total: years of work are of the total.
                if spec.counted and (spec.kind == "flow" or not group):
                    found[variable(spec, group, counted=True)] = _counted(spec, group, *found[name][:2])
    levers, items, spending = _ledger(runs)
    if base_year is None:
        base_year = money.discount_year(int(years[0]), int(years[-1]))
    found["spending"] = (("scenario", "draw", "year", "lever", "item"), spending, _money("public money of levers"))
    by_item = np.cumsum(spending * money.factors(years, base_year, rate)[:, None, None], axis=2)
    words = f"public money up to the year, discounted at {rate:.2%} a year to {base_year}"
    found[COST] = (("scenario", "draw", "year"), by_item.sum(axis=(3, 4)), _money(words))
    found[COST_BY_ITEM] = (("scenario", "draw", "year", "lever", "item"), by_item, _money(words))
    found |= _people(runs, scale)
    named, figures = _schemes(runs)
    about = {"long_name": "what levers that differ paid for, against the baseline", "units": "see scheme"}
    found["schemes"] = (("scenario", "draw", "scheme", "figure"), figures, about)
    found["short_time"] = (
        ("scenario", "draw", "quantity"),
        np.array([[[run.short_time.get(q, np.nan) for q in SHORT_TIME] for run in row] for row in runs]),
        {
            "long_name": "short-time work: evaluation against the baseline",
            "units": "see quantity",
        },
    )
    coordinates: dict[str, Any] = {
        "scenario": list(names),
        "draw": np.array([draw[0] for draw in draws], dtype=np.int32),
        "year": years.astype(np.int32),
        "horizon": np.array(horizons, dtype=np.int32),
        "lever": list(levers),
        "item": list(items),
        "quantity": list(SHORT_TIME),
        "scheme": list(named),
        "figure": list(schemes.FIGURES),
        "world": list(BOTH),
        **{name: list(values) for name, values in STATES.items()},
    }
    used = sorted({dim for dims, _, _ in found.values() for dim in dims})
    coordinates |= {dim: np.array(labels[dim]) for dim in used if dim not in coordinates}
    coordinates["seed"] = ("draw", np.array([draw[1] for draw in draws], dtype=np.int64))
    told = {"baseline": names[0], "discount_rate": rate, "discounted_to": base_year, "scale": scale}
    return xr.Dataset(found, coords=coordinates, attrs=dict(attributes) | _levers(names, runs) | told)


MECHANISM = {"short_time": "W3"}
"""Of what is no indicator, nor people looked at in both worlds, which is the waterbed (W6)."""


def with_mechanisms(data: xr.Dataset, known: Mapping[str, str]) -> xr.Dataset:
    """Each variable with the mechanisms that make it (attribute ``mechanism``), as those of ``results.nc`` have.

    Parameters
    ----------
    data : Dataset
        Of :func:`build`.
    known : mapping of a variable of the results to its mechanism
        Of an indicator it is the mechanisms of what it is reduced from.
    """
    needs = {spec.name: spec.needs for spec in COMPARED} | dict.fromkeys(("spending", base_of(COST)), ("spending",))
    for name, values in data.data_vars.items():
        of = needs.get(base_of(str(name)))
        found = [known[need] for need in of if need in known] if of else [MECHANISM.get(str(name), "W6")]
        values.attrs["mechanism"] = ", ".join(dict.fromkeys(found))
    return data


def _describe(spec: Compared, group: str = "") -> dict[str, Any]:
    return {
        "long_name": spec.long_name + (f", by {group}" if group else ""),
        "units": spec.unit,
        "kind": spec.kind,
        "better": spec.better,
        "headline": int(spec.headline and not group),
        "years_before": int(spec.ends),
        "group": group,
    }


def _counted(
    spec: Compared, group: str, dims: tuple[str, ...], values: Floats
) -> tuple[tuple[str, ...], Floats, dict[str, Any]]:
    """Summed over the years up to each; unknown where the year itself is."""
    summed = np.where(np.isnan(values), np.nan, np.cumsum(np.nan_to_num(values), axis=2))
    about = _describe(spec, group) | {"headline": 0, "kind": "flow"}
    about["long_name"] += ", up to the year"
    if spec.kind == "stock":
        about |= {"units": "person-years"}
    return dims, summed, about


def _money(words: str) -> dict[str, Any]:
    return {"long_name": words, "units": "euro", "kind": "money", "better": -1, "headline": 0, "years_before": 0}


def _ledger(runs: Sequence[Sequence[Run]]) -> tuple[tuple[str, ...], tuple[str, ...], Floats]:
    """Levers and items of any scenario, and the spending on them; float64 (scenario, draw, year, lever, item)."""
    levers = tuple(sorted({name for row in runs for name in row[0].levers if name != NO_LEVER})) or (NO_LEVER,)
    items = tuple(sorted({name for row in runs for name in row[0].items if name != NO_LEVER})) or (NO_LEVER,)
    years = runs[0][0].spending.shape[0]
    spending = np.zeros((len(runs), len(runs[0]), years, len(levers), len(items)))
    for s, row in enumerate(runs):
        for d, run in enumerate(row):
            for i, lever in enumerate(run.levers):
                for j, item in enumerate(run.items):
                    if lever in levers and item in items:
                        spending[s, d, :, levers.index(lever), items.index(item)] = run.spending[:, i, j]
    return levers, items, spending


def _people(runs: Sequence[Sequence[Run]], scale: float) -> dict[str, tuple[tuple[str, ...], Any, dict[str, Any]]]:
    found: dict[str, tuple[tuple[str, ...], Any, dict[str, Any]]] = {}
    head = ("scenario", "draw", "horizon")
    for name, dims, words in (
        ("work", ("sex", "background", "work_baseline", "work_alternative"), "work"),
        ("diploma", ("sex", "background", "diploma_baseline", "diploma_alternative"), "field of the highest diploma"),
        ("participants", ("programme", "measure", "in_baseline", "in_alternative"), "what those have who take part"),
    ):
        counts = np.array([[[getattr(pair, name) for pair in run.people] for run in row] for row in runs])
        key = name if name == "participants" else f"people_by_{name}"
        who = "people who take part in the alternative only" if name == "participants" else "people"
        about = {"long_name": f"{who}: {words} in the baseline and in the alternative", "units": "persons"}
        found[key] = ((*head, *dims), counts * scale, about)
    for group in ("level", "region"):
        counts = np.array([[[getattr(pair, f"{group}s") for pair in run.people] for run in row] for row in runs])
        for i, what in enumerate(("work", "diploma")):
            words = f"people by {what} and {group}, in the baseline and in the alternative"
            axes = (*head, f"{what}_baseline", group, "world")
            found[f"people_by_{what}_and_{group}"] = (
                axes, counts[:, :, :, i] * scale, {"long_name": words, "units": "persons"},
            )  # fmt: skip
    return found


def _schemes(runs: Sequence[Sequence[Run]]) -> tuple[tuple[str, ...], Floats]:
    """Levers that are evaluated anywhere, and their figures; float64 (scenario, draw, scheme, figure).

    A draw in which nobody took a lever up has zeros, if another draw has figures of it.
    """
    named = tuple(sorted({x for row in runs for run in row for x in run.schemes if run.schemes[x]})) or (NO_LEVER,)
    figures = np.full((len(runs), len(runs[0]), len(named), len(schemes.FIGURES)), np.nan)
    for s, row in enumerate(runs):
        for k, name in enumerate(named):
            known = {f for run in row for f in run.schemes.get(name, {})}
            for d, run in enumerate(row):
                for f in known:
                    figures[s, d, k, schemes.FIGURES.index(f)] = run.schemes[name].get(f, 0.0)
    return named, figures


def _levers(names: Sequence[str], runs: Sequence[Sequence[Run]]) -> dict[str, str]:
    """Levers of alternatives that differ from the baseline's, and how; those of which there is no evaluation, and why;
    alternatives that differ in more than levers.

    A line each, parted by tabs.
    """
    pairs = [(name, row, lever) for name, row in zip(names, runs, strict=True) for lever in row[0].changed]
    changed = [f"{name}\t{lever}\t{row[0].changed[lever]}" for name, row, lever in pairs]
    reasons = [
        f"{name}\t{lever}\t{schemes.why_not(lever, row[0].alike, row[0].changed[lever])}"
        for name, row, lever in pairs
        if not any(run.schemes.get(lever) for run in row)
    ]
    apart = [name for name, row in zip(names[1:], runs[1:], strict=True) if not row[0].alike]
    return {
        "levers_changed": "\n".join(changed), "not_measured": "\n".join(reasons), "more_than_levers": "\n".join(apart),
    }  # fmt: skip


def write_dataset(data: xr.Dataset, path: Path) -> None:
    """Write ``comparison.nc``: netCDF4, compressed, variables in name order."""
    ordered = in_name_order(data)
    encoding: dict[Any, dict[str, Any]] = {name: {"zlib": True, "complevel": 1} for name in ordered.data_vars}
    ordered.to_netcdf(path, engine="netcdf4", format="NETCDF4", encoding=encoding)


def read_dataset(directory: Path) -> xr.Dataset:
    """The Dataset of a directory of a comparison, loaded; FileNotFoundError if it holds none."""
    import xarray as xr

    with xr.open_dataset(directory / COMPARISON_NC, engine="netcdf4") as data:
        return data.load()
