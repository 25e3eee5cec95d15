"""Tables for smaller regions (W5): each of the five parts of the country split into parts of its own.

``region_refinement.csv`` (``part, region, share, own``) says which parts a region falls into, the share of its
residents in each, and how many of those who work in their region work in their own part. Every table with a region is
rewritten by one rule each (:data:`RULES`) and read again by the reader of the tables, whose checks thereby hold for
the refined ones too. So a table of one's own for a part (its clusters, its places of study) can replace a row of
these.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from techsim.data.dimensions import Dimensions, load_dimensions
from techsim.data.inputs import Tables, load_tables
from techsim.data.reader import Sum, Table, name, number, path_of, read

Row = dict[str, str]

SPLIT, COPY = "split", "copy"
RULES = {
    "start_regions": SPLIT,
    "immigrant_regions": SPLIT,
    "international_regions": SPLIT,
    "study_places": SPLIT,
    "mbo_schools": SPLIT,
    "region_ages": COPY,
    "region_character": COPY,
    "region_sectors": COPY,
}
"""Tables with a column ``region``: a share over regions is split by residents, what a region is like holds for each
part. ``dimensions``, ``demand_trends`` and ``commuting`` have rules of their own."""
MAPPING = "region_refinement"
COLUMN = "region"


@dataclass(frozen=True)
class Part:
    """A part of a region: its share of the region's residents, and the share of commuters within the region who work
    in it if they live in it."""

    name: str
    share: float
    own: float


def read_mapping(path: Path | None = None) -> dict[str, tuple[Part, ...]]:
    """Parts by region, in the order of the table; a region without rows is its own only part.

    Parameters
    ----------
    path : Path, optional
        A table of one's own; the packaged one (provinces, North Brabant in two) if left out.

    Raises
    ------
    TableError
        If the shares of a region do not add up to one, or a region or column is unknown.
    """
    regions = load_dimensions().region
    columns = (name("part"), name(COLUMN, regions), number("share", 0, 1), number("own", 0, 1))
    table = Table(MAPPING if path is None else path.stem, ("part",), columns, (Sum("share", (COLUMN,), 1.0, 1e-3),))
    rows = read(table, None if path is None else path.parent)
    found: dict[str, tuple[Part, ...]] = {}
    for region in regions:
        mine = [k for k, label in enumerate(rows[COLUMN]) if label == region]
        made = tuple(Part(str(rows["part"][k]), float(rows["share"][k]), float(rows["own"][k])) for k in mine)
        found[region] = made or (Part(region, 1.0, 1.0),)
    return found


def tables_of(regions: str) -> Tables:
    """The packaged tables of ``landsdelen``, or those of ``provinces``."""
    return load_tables() if regions == "landsdelen" else refined()


def landsdelen_of(dims: Dimensions) -> tuple[str, ...]:
    """The landsdeel in which each region lies; itself where regions are landsdelen."""
    whole = {part.name: region for region, parts in read_mapping().items() for part in parts}
    return tuple(whole.get(region, region) for region in dims.region)


def refined(mapping: Path | None = None) -> Tables:
    """The packaged tables with the regions of a mapping, for ``TechsimModel(scenario, tables=refined())``."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_refined(read_mapping(mapping), folder)
        return load_tables(folder)


def write_refined(parts: dict[str, tuple[Part, ...]], folder: Path) -> None:
    """Write the packaged tables for the parts into a folder that exists."""
    for path in sorted(path_of("dimensions").parent.glob("*.csv")):
        shutil.copy(path, folder / path.name)
    for table, rule in RULES.items():
        _rewrite(folder, table, partial(_by_rule, parts=parts, rule=rule))
    _rewrite(folder, "demand_trends", partial(_trend, parts=parts))
    _rewrite(folder, "commuting", partial(_commuting, parts=parts))
    order = iter(range(sum(len(p) for p in parts.values())))
    _rewrite(folder, "dimensions", partial(_dimension, parts=parts, order=order))


def _rewrite(folder: Path, table: str, change: Callable[[Row], Iterable[Row]]) -> None:
    path = path_of(table, folder)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerows(change(row))


def _by_rule(row: Row, parts: dict[str, tuple[Part, ...]], rule: str) -> Iterator[Row]:
    for part in parts[row[COLUMN]]:
        value = "schools" if "schools" in row else "share"
        split = {value: repr(float(row[value]) * part.share)} if rule == SPLIT else {}
        yield {**row, COLUMN: part.name, **split}


def _trend(row: Row, parts: dict[str, tuple[Part, ...]]) -> Iterator[Row]:
    if row["dimension"] != COLUMN:
        yield row
        return
    for part in parts[row["label"]]:
        yield {**row, "label": part.name}


def _dimension(row: Row, parts: dict[str, tuple[Part, ...]], order: Iterator[int]) -> Iterator[Row]:
    if row["dimension"] != COLUMN:
        yield row
        return
    for part in parts[row["label"]]:
        yield {**row, "label": part.name, "position": str(next(order))}


def _commuting(row: Row, parts: dict[str, tuple[Part, ...]]) -> Iterator[Row]:
    """Who works in another region works in any of its parts, by their size; at home most in the own part."""
    inside = row[COLUMN] == row["job_region"]
    for home in parts[row[COLUMN]]:
        for there in parts[row["job_region"]]:
            share = there.share
            if inside:
                share = home.own * (home == there) + (1.0 - home.own) * there.share
            yield {**row, COLUMN: home.name, "job_region": there.name, "share": repr(float(row["share"]) * share)}
