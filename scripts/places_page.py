"""Write docs/apprenticeship_places.md: places, their subsidy and the bridging scheme, beside the evidence.

    python scripts/places_page.py [--draws 16]

Some minutes on two cores. The numbers are those of the code at hand; the words around them say what was tuned.
"""

from __future__ import annotations

import argparse

import xarray as xr
from pages import ROOT, pair, percent, run, spread, with_error

from techsim.results.bridging import MBO, evaluate, fewer_places

PAGE = ROOT / "docs" / "apprenticeship_places.md"
FIGURES = {
    2009: "167,000", 2010: "170,251 (CBS basis, P0399)", 2011: "154,400", 2012: "143,100", 2013: "120,700",
    2014: "100,400", 2015: "95,700", 2019: "127,755 (P0462 ff.)",
}  # fmt: skip
HEAD = """# Apprenticeship and internship places in the model and in the evidence

Made by `scripts/places_page.py`, 1:100, default parameters, draws of luck. What the institution is stands in its
declaration (`techsim explain L4`). In short: each August employers of a sector, size class and region offer
apprenticeship places by the staff that they expect to need, and by whether a place is worth its net cost to them; a
slump that lasts, and so wears down reserves, makes the cost weigh more. Who trains goes on for a while, who stopped
starts slowly. Who finds no place tries another field of the same kind, goes to bol, waits a year or leaves. Public
money: `wva_onderwijs` to 2013 and `praktijkleren` since, both in `baseline.yaml`, and the lever `bridging_scheme`.
"""
FITTED = """
Fitted by hand to these: `places.slump_weight`, `places.elasticity`, `places.up`, `places.down`, `places.need_months`,
`places.reserve_months` to the series of bbl students; `places.spread`, `places.worth_sme` and `places.worth_large` to
the quarter; `apprentices.offer` to retention; table `closures` to the internships of 2020, which firms called off: that
year's closing is put in, how many students it leaves without a place comes out. What is too early is the fall of 2010.
The fall of 2014 is in part the change from the tax reduction to a subsidy that pays less and that fewer claim.
"""
CAUTION = """
The scheme cannot tell which places would have been there anyway and pays for every new one; so most of its money is
deadweight. `there_anyway` passes over a share of last September's number: fewer places are paid for, and employers
expect the less of the scheme. Many of the places more go to adults, who would not have studied otherwise, and outside
technology. Graduates that follow from one draw to the other differ by luck as much as by the scheme: hence the standard
errors. Outside the slump the scheme changes nothing and costs nothing (`tests/model/test_apprenticeship_places.py`).
The evaluation is by totals of the two worlds; a comparison tells person by person who would have taken a new place
anyway ([comparing.md](comparing.md)).

Left out: that firms in a scheme may keep apprentices better or worse; places split by level; what employers would do if
they knew that a scheme comes in every slump.
"""


def mbo_students(data: xr.Dataset, pathway: str) -> xr.DataArray:
    """Students of mbo in a pathway; (draw, year)."""
    return data["students"].sel(level=list(MBO), pathway=pathway).sum(["level", "sex", "region", "technical"])


def history(draws: int) -> list[str]:
    """The baseline beside the figures."""
    data = run("baseline.yaml", "2020-12", draws)
    bbl = mbo_students(data, "bbl")
    offered = data["apprenticeship_places"].sel(place="offered").sum(["occupation", "region"])
    finished = data["apprentices_finished"].sum("occupation")
    kept = 100 * finished.sel(stayed=True) / finished.sum("stayed")
    lacking = data["internship_places"].sel(internship="lacking").sum(["region", "technical"])
    rows = [
        *((f"bbl students {year}", spread(bbl.sel(year=year)), figure) for year, figure in FIGURES.items()),
        ("bol students 2009; 2015", "; ".join(spread(mbo_students(data, "bol").sel(year=y)) for y in (2009, 2015)),
         "rising"),
        ("places offered, 2012 to 2013", percent(offered.sel(year=2013) / offered.sel(year=2012) - 1),
         "-10 % (`apprentice_training_spend`)"),
        ("bbl graduates who stay with the employer, %, 2008 to 2018",
         spread(kept.sel(year=slice(2008, 2018)).mean("year")), "80 to 82 (`bbl_retention`)"),
        ("the same in 2013 and 2014", spread(kept.sel(year=[2013, 2014]).mean("year")), "fewer in a slump"),
        ("bol students without an internship, 2020", spread(lacking.sel(year=2020)), "20,587 (`place_shortage_covid`)"),
        *(
            (f"employers to whom a place is worth it, without the subsidy of {year}",
             percent(-_lost(data, year, draws)), said)
            for year, said in ((2018, "-25 % surely, 25 % more in doubt (P1144 f.)"), (2014, "more in a slump"))
        ),
    ]  # fmt: skip
    return ["| | model | evidence |", "|---|---|---|", *(f"| {a} | {b} | {c} |" for a, b, c in rows)]


def _lost(data: xr.Dataset, year: int, draws: int) -> xr.DataArray:
    levers = f"levers:\n  - praktijkleren: {{start: 2014-01, end: {year}-07}}\n"
    without = run("baseline.yaml", f"{year}-12", draws, levers=levers)
    return fewer_places(data, without).sel(year=year)


def bridging(draws: int) -> list[str]:
    """The recession of 2026 with the scheme and without, and what it did."""
    without, with_ = pair("recession_2026.yaml", "recession_2026_bridging.yaml", "2034-12", draws)
    lines = ["| | with | without | difference |", "|---|---|---|---|"]
    intake = [d["apprenticeship_intake"].sum(["region", "technical"]) for d in (with_, without)]
    diplomas = [
        d["graduates"].sel(level=list(MBO), technical=True).sum(["level", "pathway", "sex", "region"])
        for d in (with_, without)
    ]
    for what, values, years in (
        ("new bbl places", intake, range(2025, 2030)),
        ("technical graduates of mbo", diplomas, range(2027, 2033)),
    ):
        for year in years:
            one, other = (v.sel(year=year) for v in values)
            label = f"{what} {year}" if what.startswith("new") else f"{what} {year}/{(year + 1) % 100}"
            lines.append(
                f"| {label} | {float(one.mean()):,.0f} | {float(other.mean()):,.0f} | {with_error(one - other)} |"
            )
    found = evaluate(with_, without)
    rows = (
        ("places paid for", with_error(found["places_paid"])),
        ("places more", with_error(found["places_more"])),
        ("deadweight, % of the places paid for", with_error(100 * found["deadweight"])),
        ("graduates of mbo more", with_error(found["graduates_more"])),
        ("of them technical", with_error(found["technical_graduates_more"])),
        ("public money, EUR mln", with_error(found["cost"], unit=1e6)),
        ("per place more, EUR", f"{float(found['cost'].mean() / found['places_more'].mean()):,.0f}"),
        ("per technical graduate more, EUR (of means)",
         f"{float(found['cost'].mean() / found['technical_graduates_more'].mean()):,.0f}"),
    )  # fmt: skip
    table = ["", "| evaluation (`techsim.results.bridging.evaluate`) | |", "|---|---|"]
    return [*lines, *table, *(f"| {a} | {b} |" for a, b in rows)]


def main() -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--draws", type=int, default=16)
    draws = parser.parse_args().draws
    few = max(draws // 4, 2)
    text = HEAD + f"\n## Beside the evidence\n\n`baseline.yaml`, {few} draws; lowest and highest in brackets.\n\n"
    text += "\n".join(history(few)) + "\n" + FITTED
    text += "\n## A bridging scheme in the recession of 2026\n\n`recession_2026_bridging.yaml` beside "
    text += f"`recession_2026.yaml`, to 2034, {draws} paired draws, standard errors in brackets:\n"
    text += "EUR 4,000 a year for each new place, for 24 months, while the output gap lies below -1 %.\n\n"
    PAGE.write_text(text + "\n".join(bridging(draws)) + "\n" + CAUTION, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
