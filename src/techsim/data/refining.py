"""Tables for smaller regions (W5): each of the five parts of the country split into parts of its own.

``region_refinement.csv`` (provinces), ``labour_market_regions.csv`` (the 35 arbeidsmarktregio's) or a file of one's own
has a row for each part: the region that it is a part of, the ``share`` of the region's residents in it, and how many of
those who work in their region work in their ``own`` part. It may say, too, how ``urban`` a part is, which share of the
region's places of study stands in it (:data:`STUDY`, ``mbo``), and, in a column called like a sector, how much more of
the part's work that sector takes than of the region's; what it leaves out is as in the region, or split by residents.
Every table with a region is rewritten by one rule each (:data:`RULES`) and read again by the reader of the
tables, whose checks thereby hold for the refined ones too. Parts always add up to their region.
"""

from __future__ import annotations

import csv
import dataclasses
import math
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType

from techsim.data.dimensions import Dimensions, load_dimensions
from techsim.data.inputs import Tables, load_tables
from techsim.data.reader import Sum, Table, TableError, header_of, name, number, path_of, read
from techsim.data.regions import KIND, TAUGHT

Row = dict[str, str]

SPLIT, COPY, STAND, SCHOOLS, URBAN, CLUSTER = "split", "copy", "stand", "schools", "urban", "cluster"
RULES = {
    "start_regions": SPLIT,
    "international_regions": STAND,
    "study_places": STAND,
    "mbo_schools": SCHOOLS,
    "region_ages": COPY,
    "region_sectors": CLUSTER,
    "region_character": URBAN,
}
"""Tables with a column ``region``: a share over regions is split by residents, places of study by where institutions
stand; what a region is like holds for each part, but for how urban it is and where its clusters are. ``dimensions``,
``demand_trends`` and ``commuting`` have rules of their own."""
COLUMN = "region"
STUDY = tuple(f"{level}_{kind}" for level in TAUGHT for kind in KIND)
"""Columns of where programmes of hbo and wo are taught."""
OPTIONAL = (URBAN, *STUDY, "mbo")
LEAST, MOST = 1e-4, 126
"""Smallest share of a region's residents (and of its mbo schools) in a part, and most parts of the whole country."""
QUOTIENTS = (0.2, 5.0)
"""Bounds of a sector's quotient in a part within its region."""
PACKAGED: Mapping[str, str] = MappingProxyType(
    {"provinces": "region_refinement", "labour_market_regions": "labour_market_regions"}
)
"""Tables of parts by the name that a scenario gives them."""


@dataclasses.dataclass(frozen=True)
class Part:
    """A part of a region: its share of the region's residents, and the share of commuters within the region who work
    in it if they live in it; how urban it is (None: as the region), and its share of the region's places of study by
    column of STUDY, and of its mbo schools (its share of residents where no table says more); and by sector with a
    column the quotient of its share of the part's work and of the region's, before they are scaled (W5)."""

    name: str
    share: float
    own: float
    urban: float | None
    study: tuple[float, ...]
    mbo: float
    sectors: tuple[tuple[str, float], ...] = ()


Division = tuple[tuple[str, tuple[Part, ...]], ...]
"""The parts by region, in the order of regions: a mapping that can be a key."""


def read_mapping(path: Path | None = None, packaged: str = "provinces") -> dict[str, tuple[Part, ...]]:
    """Parts by region, in the order of the table; a region without rows is its own only part.

    Parameters
    ----------
    path : Path, optional
        A table of one's own, a file ending in ``.csv``; the packaged one if left out.
    packaged : str
        Name of PACKAGED.

    Raises
    ------
    TableError
        If shares of a region do not add up to one, a region or column is unknown, or a part is called like another
        region.
    """
    dims = load_dimensions()
    regions = dims.region
    label, folder = (PACKAGED[packaged], None) if path is None else (path.stem, path.parent)
    given = header_of(label, folder)
    sectors = [sector for sector in dims.sector if sector in given]
    known = [*(column for column in OPTIONAL if column in given), *sectors]
    bounds = {"mbo": (LEAST, 1.0), **dict.fromkeys(sectors, QUOTIENTS)}
    columns = (
        name("part"),
        name(COLUMN, regions),
        number("share", LEAST, 1),
        number("own", 0, 1),
        *(number(column, *bounds.get(column, (0.0, 1.0))) for column in known),
    )
    adding = ("share", *(column for column in known if column not in (URBAN, *sectors)))
    table = Table(label, ("part",), columns, tuple(Sum(column, (COLUMN,), 1.0, 1e-3) for column in adding))
    rows = read(table, folder)
    at: dict[str, list[int]] = {region: [] for region in regions}
    for k, region in enumerate(rows[COLUMN]):
        at[str(region)].append(k)
        if rows["part"][k] in regions and (rows["part"][k] != region or (rows[COLUMN] == region).sum() > 1):
            where = f"table {label}, row {k + 2}, column part"
            raise TableError(
                f"{where}: {rows['part'][k]!r} is the name of a region, and no part of {region} may have it"
            )
    if sum(max(len(mine), 1) for mine in at.values()) > MOST:
        raise TableError(f"table {label}, column part: {len(rows['part'])} parts are too many; up to {MOST}")

    def share(column: str, k: int, mine: list[int]) -> float:
        """As the table has it, made to add up to one exactly."""
        values = rows[column if column in rows else "share"]
        return float(values[k]) / math.fsum(float(values[j]) for j in mine)

    found: dict[str, tuple[Part, ...]] = {}
    for region, mine in at.items():
        made = tuple(
            Part(
                name=str(rows["part"][k]),
                share=share("share", k, mine),
                own=float(rows["own"][k]),
                urban=float(rows[URBAN][k]) if URBAN in rows else None,
                study=tuple(share(column, k, mine) for column in STUDY),
                mbo=share("mbo", k, mine),
                sectors=tuple((sector, float(rows[sector][k])) for sector in sectors),
            )
            for k in mine
        )
        found[region] = made or (Part(region, 1.0, 1.0, None, (1.0,) * len(STUDY), 1.0),)
    return found


def parts_of(regions: str | Division) -> dict[str, tuple[Part, ...]]:
    """Parts by region of a packaged name, or of a table that is read already; none for ``landsdelen``."""
    if not isinstance(regions, str):
        return dict(regions)
    return {} if regions == "landsdelen" else read_mapping(packaged=regions)


def tables_of(regions: str | Division) -> Tables:
    """The packaged tables of ``landsdelen``, or those of smaller regions."""
    parts = parts_of(regions)
    return _made(parts) if parts else load_tables()


def landsdelen_of(dims: Dimensions) -> tuple[str, ...]:
    """The landsdeel in which each region lies; itself where regions are landsdelen."""
    return dims.part_of or dims.region


def refined(mapping: Path | None = None) -> Tables:
    """The packaged tables with the regions of a mapping, for ``TechsimModel(scenario, tables=refined())``."""
    return _made(read_mapping(mapping))


def _made(parts: dict[str, tuple[Part, ...]]) -> Tables:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        write_refined(parts, folder)
        tables = load_tables(folder)
    whole = tuple(region for region, mine in parts.items() for _ in mine)
    return dataclasses.replace(tables, dimensions=dataclasses.replace(tables.dimensions, part_of=whole))


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
    mine = parts[row[COLUMN]]
    for part in mine:
        changed: Row = {}
        if rule == SPLIT:
            changed = {"share": repr(float(row["share"]) * part.share)}
        elif rule == STAND:
            changed = {"share": repr(float(row["share"]) * part.study[_programme(row)])}
        elif rule == SCHOOLS:
            changed = {"schools": repr(float(row["schools"]) * part.mbo)}
        elif rule == URBAN:
            changed = {URBAN: repr(_urban(float(row[URBAN]), part, mine))}
        elif rule == CLUSTER:
            changed = {"quotient": repr(float(row["quotient"]) * _cluster(row["sector"], part, mine))}
        yield {**row, COLUMN: part.name, **changed}


def _programme(row: Row) -> int:
    """Which column of STUDY a row of places, or of students from abroad, is about."""
    if "kind" in row:
        level, kind = row["level"], row["kind"]
    else:
        level, kind = row["column"], KIND[int(row["technical"])]
    return STUDY.index(f"{level.split('_')[0]}_{kind}")


def _urban(whole: float, part: Part, mine: tuple[Part, ...]) -> float:
    """u_p = u U / sum_q s_q u_q, at most one: residents of the parts are together as urban as the region is."""
    if part.urban is None:
        return whole
    mean = math.fsum(other.share * (other.urban or 0.0) for other in mine)
    return min(part.urban * whole / mean, 1.0) if mean > 0.0 else whole


def _cluster(sector: str, part: Part, mine: tuple[Part, ...]) -> float:
    """c_ps = q_ps / sum_q w_q q_qs: a part's quotient within its region, so that parts add up to it in each sector.

    w_q is the share of the region's jobs in a part, of those who live in the region: in q work its own people who stay
    and, by its size, who of all parts does not, w_q = s_q (1 + o_q - sum_p s_p o_p).
    """
    given = [dict(other.sectors).get(sector, 1.0) for other in mine]
    if min(given) == max(given):
        return 1.0  # to the last digit as in the region
    return dict(part.sectors).get(sector, 1.0) / math.fsum(w * q for w, q in zip(_jobs(mine), given, strict=True))


def _jobs(mine: tuple[Part, ...]) -> list[float]:
    """w, which adds up to one."""
    own = math.fsum(part.share * part.own for part in mine)
    return [part.share * (1.0 + part.own - own) for part in mine]


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
