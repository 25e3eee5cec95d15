"""The words and tables of docs/labour_market.md, with numbers of its runs (``labour_market_page.py``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import xarray as xr
from fit_labour_market import FREE
from labour_market_figures import SERVICES, Runs, evidence, filling
from labour_market_words import ALGORITHM, LEFT_OUT, item, para, sides, sure

from techsim.model.catalogue import catalogue
from techsim.report.comparison import Row, compare
from techsim.report.names import plain
from techsim.results import labour_market as lm
from techsim.results.derived import OTHER_FIELD, technical_fields, technical_occupations, technical_vacancies

HAND = (
    ("tables `level_ladder` and `apprentice_levels`", "leakage and underuse by level"),
    (
        "`apprentices.offer`, `apprentices.offer_shortage`, `apprentices.stays`",
        "bbl graduates who stay; leakage of mbo and its rise to 2014",
    ),
    (
        "`matching.first_jobs`; table `bbl_shares`, column leavers; the share of bbl graduates of 2007 who were kept",
        "leakage and underuse of 2008",
    ),
    (
        "`matching.field_relief`, `matching.rank_experience`, `apprentices.plan_months`",
        "that leakage rises in a slump, and by 2014",
    ),
    (
        "`short_time.intercept`, `short_time.recovery_months`, table `short_time_use`",
        "workers on short time in 2009-2011 ([short_time_work.md](short_time_work.md))",
    ),
)
"""What was set by hand, and with which figures in view."""
SLUMP = [2026, 2027]
CALM = (2008, 2014)
"""Years with few and with many unemployed."""
SCARS = (("school_leavers_working", [2027, 2028]), ("school_leavers_five_years_on", SLUMP))
"""Measurements of those who left in the slump, and the school years under which they stand."""
RECOVERY = (2029, 2030, 2031)


def head(data: Runs) -> list[str]:
    """What the page is, what it finds, and the algorithm."""
    known, model = evidence(), lm.beveridge(data["historical"])
    alike = [np.corrcoef([model[y][i] for y in model], [known[y][i] for y in model])[0, 1] for i in (0, 1)]
    later = lm.beveridge(data["baseline"])[2022]
    past = lm.matching_function(lm.months(data["historical"]), without_work=True)
    said = f"{past['unemployed']:.2f} and {past['vacancies']:.2f}"
    return [
        "# The labour market: what comes out of the matching",
        "",
        *para(
            "What economists will distrust first, shown. People and vacancies are matched one by one; nobody feeds in",
            "a matching function, a Beveridge curve or a rate of leakage, so all of these can be read off the runs",
            "and laid beside what is known.",
        ),
        *item(
            f"**Good:** unemployment and vacancies of 2008-2018 follow the evidence (correlations {alike[0]:.2f} and",
            f"{alike[1]:.2f}; both were fitted), the hires of people without a job have elasticities of {said} on",
            "unemployed and vacancies, a slump runs round the Beveridge curve the right way and scars.",
        ),
        *item(
            f"**Not good:** what was not fitted is worse. In 2022 the model has {later[1] / known[2022][1] - 1:+.0%}",
            f"vacancies and {later[0] / known[2022][0] - 1:+.0%} unemployment beside the evidence; technicians are too",
            "often unemployed, technical vacancies of 2016 and 2017 are too few; the estimated function has no",
            "constant returns; leakage hangs on the scale of the run.",
        ),
        "",
        *ALGORITHM.splitlines(),
        "",
    ]


def functions(data: Runs) -> list[str]:
    """The implied matching function."""
    cases = (
        ("2008-2018", lm.months(data["historical"])),
        ("recession, 2024-2033", lm.months(data["recession"]).between(2024, 2033)),
        ("boom, 2024-2033", lm.months(data["boom"]).between(2024, 2033)),
    )
    every = (*cases, ("the three together", lm.together([found for _, found in cases])))
    rows, fits = [], {}
    for without, what in ((False, "all vacancies filled"), (True, "filled by people without a job")):
        for name, found in every:
            f = fits[name, without] = lm.matching_function(found, without)
            both = ("unemployed", "vacancies")
            cells = [f"{f.sum(*pick):.2f} ({f.error(*pick):.2f})" for pick in (both[:1], both[1:], both)]
            rows.append(f"| {what} | {name} | {' | '.join(cells)} | {f.explained:.2f} | {f.points} |")
    moved = cases[0][1]
    share = {y: float(moved.hires_from_work[moved.year == y].sum() / moved.hires[moved.year == y].sum()) for y in CALM}
    reach = [np.log(found.vacancies / found.unemployed) for _, found in cases]
    wide = [float(x.max() - x.min()) for x in reach]
    past, idle = fits["2008-2018", False], fits["2008-2018", True]
    return [
        "## The matching function that it implies",
        "",
        *para(
            "Log of hires in a month on logs of the unemployed and of the open vacancies at its start, with a",
            "constant per calendar month; least squares on means over draws, standard errors (in brackets) that allow",
            "for twelve months of autocorrelation (Newey and West 1987). R² counts the seasons.",
        ),
        "| hires | run | on unemployed | on vacancies | sum | R² | months |",
        "|---|---|---:|---:|---:|---:|---:|",
        *rows,
        "",
        "![Hires per unemployed against vacancies per unemployed, in logs](figures/matching_function.svg)",
        "",
        *para(
            "Quarters, without the seasons. Petrongolo and Pissarides (2001) report elasticities of 0.5 to 0.7 on",
            "unemployment, and constant returns most often (from memory). For hires of people without a job the",
            f"model's is {idle['unemployed']:.2f} in 2008-2018, {place(idle['unemployed'])}. For all hires it is",
            f"{past['unemployed']:.2f}, {place(past['unemployed'])}, as in studies of all hires (0.3 to 0.4, from",
            "memory): vacancies that go to workers who change jobs are on the left, those workers are not on the",
            "right.",
        ),
        *para(
            f"The boom says nothing: vacancies per unemployed vary by {wide[2]:.1f} log points there, against",
            f"{wide[0]:.1f} in 2008-2018, too little to tell the two elasticities apart.",
        ),
        *para(
            f"**Constant returns** are not what the regression finds: the sum is {returns(past)} for all hires and",
            f"{returns(idle)} for those without a job. The algorithm itself has them: with four times the seekers and",
            "four times the vacancies, hires per vacancy stay (scale, below). What is left out of the regression is",
            f"the likely reason: employed seekers compete for the same vacancies, and take {share[2008]:.0%} of them",
            f"in 2008 but {share[2014]:.0%} in 2014, so that hires of the others rise with unemployment for a second",
            "reason. The standard errors do not cover that bias.",
        ),
    ]


def place(elasticity: float) -> str:
    """Where an elasticity on unemployment lies beside the literature."""
    return "within that range" if 0.5 <= elasticity <= 0.7 else "below it" if elasticity < 0.5 else "above it"


def returns(fit: lm.Fit) -> str:
    """A sum of elasticities and whether it differs from one at 5 %."""
    total, error = fit.sum("unemployed", "vacancies"), fit.error("unemployed", "vacancies")
    said = "not told apart from one" if abs(total - 1) < 1.96 * error else "not one"
    return f"{total:.2f} ({said})"


def curves(data: Runs) -> list[str]:
    """The Beveridge curve."""
    model, known = lm.beveridge(data["historical"]), evidence()
    slump, boom, base = (lm.beveridge(data[name]) for name in ("recession", "boom", "baseline"))
    return [
        "## The Beveridge curve",
        "",
        "![Unemployment and vacancies by year, model and published; a slump and a boom](figures/beveridge_curve.svg)",
        "",
        *para(
            "Left: the fit was to these two series, and had a parameter for how employers get used to low output, so",
            "that neither the curve nor its shift outwards after 2013 is a test; that both can be had is what it",
            f"shows. In 2008 and 2018 the model has {model[2008][1]:,.0f} and {model[2018][1]:,.0f} vacancies at",
            f"{model[2008][0]:.1%} and {model[2018][0]:.1%} unemployment (published: {known[2008][1]:,.0f} and",
            f"{known[2018][1]:,.0f} at {known[2008][0]:.1%} and {known[2018][0]:.1%}).",
        ),
        *para(
            f"Right: not fitted. The slump runs counter-clockwise, as slumps do: {slump[2026][1]:,.0f} vacancies at",
            f"{slump[2026][0]:.1%} unemployment on the way down (2026), {slump[2028][1]:,.0f} at {slump[2028][0]:.1%}",
            f"on the way up (2028). The boom hardly leaves the corner ({boom[2028][1]:,.0f} vacancies at",
            f"{boom[2028][0]:.1%} in 2028, {base[2028][1]:,.0f} at {base[2028][0]:.1%} in the baseline): capacity",
            "limits how far hiring follows (`demand.boom_weight`).",
        ),
    ]


def yearly(data: Runs) -> list[str]:
    """Unemployment and vacancies beside the evidence, fitted years and others."""
    known, model = evidence(), lm.beveridge(data["historical"])
    later = lm.beveridge(data["baseline"])
    rows: list[str] = []
    off: dict[int, list[tuple[float, int]]] = {0: [], 1: []}
    for year, figures in known.items():
        here = model.get(year) or later[year]
        gaps = [here[i] / figures[i] - 1 for i in (0, 1)]
        if year in model:
            for i in (0, 1):
                off[i].append((abs(gaps[i]), year))
        cells = (
            str(year), f"{here[0]:.1%}", f"{figures[0]:.1%}", f"{gaps[0]:+.0%}", f"{here[1]:,.0f}",
            f"{figures[1]:,.0f}", f"{gaps[1]:+.0%}", "fitted" if year in model else "not fitted",
        )  # fmt: skip
        rows.append(f"| {' | '.join(cells)} |")
    same = [year for year in known if year in model]
    alike = [np.corrcoef([model[y][i] for y in same], [known[y][i] for y in same])[0, 1] for i in (0, 1)]
    worst = [max(found) for found in off.values()]
    return [
        "## The historical run beside the evidence",
        "",
        "![Unemployment and open vacancies by year beside the evidence](figures/labour_market_history.svg)",
        "",
        "| year | unemployment: model | published | off | vacancies: model | published | off | |",
        "|---|---:|---:|---:|---:|---:|---:|---|",
        *rows,
        "",
        *para(
            f"2008-2018 (forty draws): correlation {alike[0]:.2f} for unemployment and {alike[1]:.2f} for vacancies;",
            f"largest deviations {worst[0][0]:.0%} ({worst[0][1]}) and {worst[1][0]:.0%} ({worst[1][1]}). Published",
            "unemployment is by the new survey method, before 2013 chained. Squares: from memory. **The years after",
            "2018 were not fitted, and the model misses them:** covid shows as a slump like any other (there were",
            "wage subsidies, which the model does not have), and the tightness of 2021-2023 is not reached.",
        ),
        *leaving(data),
        *fitted(),
    ]


def leaving(data: Runs) -> list[str]:
    """Leakage and underuse by level, and what is missed."""
    rows = compare(data["historical"])
    lines = ["| of technical school leavers at work | year | model | published | points |", "|---|---|---:|---:|---:|"]
    chosen = [row for row in rows if row.figure.indicator in ("leakage", "underuse")]
    for row in chosen:
        cells = (f"{row.model:.1%}", f"{row.figure.value:.1%}", f"{100 * row.difference:+.1f}")
        lines.append(f"| {row.figure.indicator}, {row.who} | {row.when} | {' | '.join(cells)} |")
    beyond = [row for row in chosen if not row.within]
    said = "; ".join(f"{row.figure.indicator} {row.who} {row.when} ({100 * row.difference:+.1f})" for row in beyond)
    return [
        *lines,
        "",
        *para(
            f"Of {len(chosen)} figures {len(chosen) - len(beyond)} are within 4",
            f"points{f'; not within: {said}' if said else ''}. Those of 2008 left education before the run",
            "and found their first jobs by matching in the market of its start, where `matching.first_jobs` says how",
            "many vacancies stood open to them: set with these figures in view. How leakage differs by level was set",
            "by hand with the others in view. The standard error of a figure is half a point or more.",
        ),
        *missed(rows),
    ]


def missed(rows: Sequence[Row]) -> list[str]:
    """Figures on technicians that the run does not meet, with numbers."""

    def of(indicator: str, year: int, groups: str = "") -> Row:
        found = (row for row in rows if row.figure.indicator == indicator and row.figure.year == year)
        return next(row for row in found if groups in str(row.figure.groups))

    posts = "; ".join(
        f"{row.figure.year} {row.model:,.0f} against {row.figure.value:,.0f} ({row.model / row.figure.value - 1:+.0%})"
        for row in (of("technical_vacancies", 2016), of("technical_vacancies", 2017))
    )
    idle = of("unemployment_rate", 2018, "metal")
    everyone = next(r for r in rows if r.figure.indicator == "unemployment_rate" and r.figure.year == 2018)
    return para(
        f"**Missed.** Open technical vacancies without ICT (UWV, first quarter): {posts}. Unemployment of the",
        f"technically educated in 2018: {idle.model:.1%} against {idle.figure.value:.1%} (method of the quoted figure",
        f"unclear), while of everyone it is {everyone.model:.1%}: in the evidence technicians were better off than",
        "others, in the model they are not. Both suggest that technical demand in the recovery is too weak.",
    )


def fitted() -> list[str]:
    """What was fitted, and how."""
    known = catalogue().parameters
    return [
        "### What was fitted, and how",
        "",
        "| | to | how |",
        "|---|---|---|",
        *(
            f"| `{name}` ({known[name].meaning}) | unemployment and vacancies 2008-2018 | least squares |"
            for name in FREE
        ),
        *(f"| {what} | {figures} | by hand |" for what, figures in HAND),
        "",
        *para(
            "Least squares: `scripts/fit_labour_market.py`, logs of model over evidence by year with the priors as",
            "penalty, rounded into the defaults; then `demand.lag_scale` was raised by hand from 1.0 to 1.5, and the",
            "others a little, so that 2010 also lies near the old survey method, which has 5.0 %. Not fitted:",
            "everything else, so pay, who is hit by a slump, duration",
            "of vacancies, job changes, what comes after 2018, and all of the recession below; much of it rests on",
            f"assumptions with wide priors. With {len(FREE)} parameters for twenty-two yearly figures that move",
            "together, the fit says that the model can be like these years, and no more.",
        ),
    ]


def slump(data: Runs) -> list[str]:
    """The recession beside its paired baseline."""
    base, bad = data["baseline"], data["recession"]
    technical = technical_fields(base)
    fall = technical_vacancies(bad) / technical_vacancies(base) - 1
    deepest = fall.sel(time=slice("2026", "2027")).min("time").values
    rises = {
        name: [
            lm.unemployment(bad, fields, year) - lm.unemployment(base, fields, year)
            for year in (2026, 2027, 2028, 2030)
        ]
        for name, fields in (("technically educated", technical), ("health, education, business", SERVICES))
    }
    scars = [
        lm.leaving_share(bad, name, years, OTHER_FIELD) - lm.leaving_share(base, name, years, OTHER_FIELD)
        for name, years in SCARS
    ]
    level = lm.leaving_share(base, "school_leavers_five_years_on", SLUMP, OTHER_FIELD).mean()
    pay = [year_change(base, bad, lambda d, t=t: lm.technical_wage(d, technical=t), 2029) for t in (True, False)]
    fill = [
        year_change(base, bad, filling(names), 2027, relative=False)
        for names in (technical_occupations(base), ["health", "education"])
    ]
    return [
        "## A recession of 4 % for six quarters",
        "",
        *para(
            f"`recession_2026.yaml` beside `baseline.yaml`, the same people and luck, {base.sizes['draw']} draws,",
            "1:100; mean, with the lowest and the highest draw. Only the response of leakage was set by hand.",
        ),
        "![Vacancies, unemployment, leakage and pay in the recession beside the baseline](figures/recession.svg)",
        "",
        *para("Bands: 5 to 95 % of the draws. Grey: output more than 1 % below its trend."),
        *item(
            f"**Technical vacancies** fall by {-100 * deepest.mean():.0f} % at the worst ({-100 * deepest.max():.0f}",
            f"to {-100 * deepest.min():.0f} %).",
        ),
        *(
            line
            for name, found in rises.items()
            for line in item(
                f"**Unemployment, {name}**, points more than in the baseline in 2026, 2027, 2028 and 2030:",
                f"{', '.join(sides(x) for x in found)}.",
            )
        ),
        *item(
            "**Leakage** of the technical cohorts that leave in the school years 2026/27 and 2027/28, nearly all in",
            "September, points more than in the baseline: a year and a half after",
            f"{sure(scars[0])}; five years after {sure(scars[1])}; the baseline has {level:.0%}.",
            "One cohort is some 500 simulated leavers a draw: the sign of one draw, or of one year of the picture,",
            "says little.",
        ),
        *item(
            f"**Pay** in technical occupations in 2029: {sides(pay[0])} % beside the baseline, in others",
            f"{sides(pay[1])} %. Late and small: agreements last two years, and falls go half as fast as rises.",
        ),
        *item(
            f"**Waterbed.** Months to fill a vacancy in 2027 beside the baseline: {sides(fill[0], 1.0)} in technical",
            f"groups, {sides(fill[1], 1.0)} in care and education, which hire whom technology does not.",
        ),
        *sectors(base, bad),
    ]


def year_change(
    base: xr.Dataset, bad: xr.Dataset, make: Callable[[xr.Dataset], xr.DataArray], year: int, relative: bool = True
) -> np.ndarray:
    """Mean of a year with the slump, relative to the baseline or less it; (draw,)."""
    a, b = (make(d).sel(time=str(year)).mean("time").values for d in (base, bad))
    return np.asarray(b / a - 1 if relative else b - a)


def sectors(base: xr.Dataset, bad: xr.Dataset) -> list[str]:
    """Sectors by jobs lost, and their vacancies in the recovery."""
    found = []
    for sector in base["sector"].values:
        lost = lm.jobs(bad, sector, 2027) / lm.jobs(base, sector, 2027) - 1
        found.append((lost, lm.openings(bad, sector, RECOVERY) / lm.openings(base, sector, RECOVERY) - 1, str(sector)))
    alike = np.corrcoef([x for x, _, _ in found], [y for _, y, _ in found])[0, 1]
    return [
        *item(
            f"**Sectors that shed most look for most in the recovery:** correlation {alike:.2f} between jobs in 2027",
            "and vacancies in 2029-2031, both beside the baseline.",
        ),
        "",
        "| sector | jobs 2027 | vacancies 2029-2031 |",
        "|---|---:|---:|",
        *(f"| {plain(name)} | {lost:+.1%} | {more:+.0%} |" for lost, more, name in sorted(found)),
        "",
        *item(
            "**Few come back** (`tests/model/test_hysteresis.py`: two draws at 1:200, a slump from 2009): of",
            "technicians out of work for half a year in 2010, 46 % of those still in the labour force do technical",
            "work three years on; of those who kept their job 95 %.",
        ),
        "",
    ]


def measures(base: xr.Dataset, bad: xr.Dataset) -> dict[str, str]:
    """What must not hang on the scale."""
    curve = lm.beveridge(base)
    f = lm.matching_function(lm.months(base).between(2008, 2018))
    fall = (technical_vacancies(bad) / technical_vacancies(base)).mean("draw").sel(time="2027").mean() - 1
    rise = [
        (lm.unemployment(bad, fields, 2027) - lm.unemployment(base, fields, 2027)).mean()
        for fields in (technical_fields(base), SERVICES)
    ]
    out = leaked(base).mean()
    months = filling(technical_occupations(base))(base).sel(time=slice("2008", "2018")).mean()
    scars = [
        lm.leaving_share(bad, name, years, OTHER_FIELD) - lm.leaving_share(base, name, years, OTHER_FIELD)
        for name, years in SCARS
    ]
    found = {f"unemployment {year}": f"{curve[year][0]:.2%}" for year in (2008, 2014, 2018)}
    found |= {f"open vacancies {year}": f"{curve[year][1]:,.0f}" for year in (2008, 2014, 2018)}
    return found | {
        "leakage of technical leavers, 2010-2018": f"{out:.1%}",
        "months to fill a technical vacancy, 2008-2018": f"{float(months):.2f}",
        "elasticity of hires on unemployed, on vacancies, 2008-2018": f"{f['unemployed']:.2f}, {f['vacancies']:.2f}",
        "recession: technical vacancies 2027": f"{float(fall):+.0%}",
        "recession: unemployment 2027, technical and services, points": f"{100 * rise[0]:+.2f}, {100 * rise[1]:+.2f}",
        "recession: leakage after 1.5 and 5 years, points": ", ".join(f"{100 * x.mean():+.1f}" for x in scars),
    }


def scale(data: Runs) -> list[str]:
    """The same at three scales."""
    pairs = {
        25: ("baseline_25", "recession_25"),
        100: ("baseline", "recession"),
        400: ("baseline_400", "recession_400"),
    }
    found = {k: measures(data[a], data[b]) for k, (a, b) in pairs.items()}
    draws = {k: data[a].sizes["draw"] for k, (a, _) in pairs.items()}
    titles = " | ".join(f"1:{k}, {n} draw{'s' if n > 1 else ''}" for k, n in draws.items())
    leak = {k: leaked(data[a]) for k, (a, _) in pairs.items()}
    return [
        "## Scale matters little",
        "",
        *para("The same runs with one simulated person, and one simulated vacancy, for 25, 100 and 400 real ones."),
        f"| | {titles} |",
        "|---|---:|---:|---:|",
        *(f"| {name} | {' | '.join(found[k][name] for k in pairs)} |" for name in found[25]),
        "",
        *para(
            "What remains is luck, with one exception: **leakage hangs on the scale**. In single draws it lies",
            f"between {leak[400].min():.1%} and {leak[400].max():.1%} at 1:400 and between {leak[100].min():.1%} and",
            f"{leak[100].max():.1%} at 1:100; at 1:25 it is {leak[25].mean():.1%}. The likely reason: in a coarse run",
            "many cells of group, level and region have no vacancy in a month, and who finds none in the own field",
            "looks in another. Its level was set by hand at 1:100, so at 1:25 it is a little low.",
            _added(data, pairs),
            "Use 1:400 for trying out only. `tests/model/test_scale.py` holds the model to unemployment, vacancies",
            "and hires.",
        ),
    ]


def _added(data: Runs, pairs: Mapping[int, tuple[str, str]]) -> str:
    """What a recession adds to leakage after a year and a half, at each scale."""
    name, years = SCARS[0]
    more = []
    for scale_, (calm, slump_) in pairs.items():
        shares = [lm.leaving_share(data[k], name, years, OTHER_FIELD).mean() for k in (calm, slump_)]
        more.append(f"{100 * (shares[1] - shares[0]):+.1f} at 1:{scale_}")
    return f"A recession adds to it, in points, {', '.join(more)}: few draws, so this says little of scale."


def leaked(data: xr.Dataset) -> np.ndarray:
    """Leakage of technical leavers measured in 2010-2018, all levels; (draw,)."""
    return lm.leaving_share(data, "school_leavers_working", list(range(2010, 2019)), OTHER_FIELD)


def left_out(_: Runs) -> list[str]:
    """What is not in it, and how the page is made."""
    return [*LEFT_OUT.splitlines(), ""]


SECTIONS: tuple[Callable[[Runs], list[str]], ...] = (head, functions, curves, yearly, slump, scale, left_out)
"""The page in order."""
