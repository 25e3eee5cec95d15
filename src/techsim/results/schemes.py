"""What a scheme paid for against the paired baseline: take-up, what was there anyway (deadweight), what was not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from techsim.population import events
from techsim.population.clock import MONTHS, parse
from techsim.population.reached import PROGRAMMES
from techsim.results import bridging, short_time, training
from techsim.results.acts import WINDOWS, Act, spells, tally
from techsim.results.outcomes import MEASURE, PROGRAMME, Pair

if TYPE_CHECKING:
    import xarray as xr

TAKE_UP, DEADWEIGHT, ADDITIONAL, DISPLACED = "take_up", "deadweight", "additional", "displaced"
GRADUATES, PRIVATE = "technical_mbo_diplomas", "private_money_displaced"
UNPAID, MORE = "unpaid", "more_in_all"
FIGURES = (TAKE_UP, DEADWEIGHT, ADDITIONAL, DISPLACED, UNPAID, MORE, GRADUATES, PRIVATE)
"""What is known of a scheme; the last five of some only. Displaced: what is done in the baseline only, by choosers whom
it reached, or by anybody whom it does not pay (``results.acts``). Unpaid: in the alternative only, by whom it does not
pay. More in all: additional and unpaid less displaced."""
NEEDS = (
    "short_time_workers", "short_time_entries", "separations_by_reason", "employed", "spending", "bridging_places",
    "apprenticeship_intake", "graduates", "course_money",
)  # fmt: skip
"""Variables of the results from which schemes are evaluated."""
LABELS = frozenset({"item", "level", "lever", "payer", "reason", "sector", "spell", "technical"})
"""Groups of which evaluations take some by their labels."""
COUNTED = ("international_entrants",)
"""Take-up of both worlds that results do not hold: counted as the months pass, in residents."""
NOTED: Mapping[str, str] = {
    "bridging_courses": events.SWITCH,
    "bridging_scheme": events.NEW_PLACE,
    "hybrid_programme": events.HYBRID,
    "international_retention": events.DECIDED,
    "praktijkleren": events.IN_PLACE,
    "retraining": events.RETRAINING,
    "slim": events.COURSE,
    "stap": events.COURSE,
    "teacher_grants": events.SIDE_ENTRY,
    "wva_onderwijs": events.IN_PLACE,
}
"""What those do for whom a lever pays: noted by the month in both worlds, and looked up person by person."""
NOTED_OF_SHORT_TIME = (events.SPELL_BEGUN, events.LAID_OFF)
"""What is noted of short-time work: spells, and who is let go. The jobs are no person's: a firm that cuts the hours of
some keeps the jobs of others, so that of jobs claimed and kept the totals of the two worlds are held together, which is
the same type by type of employer."""


ADDED, DROPPED, TERMS = "added", "dropped", "other terms"
"""How a lever differs between two worlds: only the alternative has it, only the baseline has it, both with other
fields. A lever of volume zero is none."""
PAID_BY: Mapping[str, tuple[str, ...]] = {
    "technologieroute": ("technologieroute",),
    "wt_support": ("wt_primary",),
    "short_time": ("deeltijd_ww", "deeltijd_ww_2009"),
}
"""Levers that let people take part in a programme (``outcomes.PROGRAMME``). Where none of them differs, those who take
part in one world only are others: worlds drift apart, other children are born and move."""


def taken_part(changed: Mapping[str, str], programme: str) -> bool:
    """Whether who takes part in a programme in the alternative only does so by a lever that differs."""
    return any(changed.get(lever) in (ADDED, TERMS) for lever in PAID_BY[programme])


@dataclass(frozen=True)
class World:
    """A world as evaluations ask for it: results of one draw, ``COUNTED`` over its months, and who did what."""

    data: xr.Dataset
    counted: Mapping[str, float]
    acts: Sequence[Act] = ()


@dataclass(frozen=True)
class Case:
    """A scheme to evaluate: its lever and fields, the world with it and the one without, and the people of both.

    ``hours_share`` is the run's ``short_time.hours_share``; ``first`` the position of the first month of the scheme.
    ``change`` is how the two worlds of the comparison differ in it: of a dropped one the world with it, ``one``, is the
    baseline. Of one on other terms ``one`` is the alternative, and ``before`` are the fields of the baseline.
    """

    lever: str
    fields: Any
    one: World
    other: World
    people: Pair
    scale: float
    hours_share: float
    first: int
    change: str = ADDED
    before: Any = None

    @cached_property
    def short_time(self) -> dict[str, float]:
        """What there is to say of short-time work (:func:`short_time_of`)."""
        return short_time_of(self)

    def paid(self, item: str, price: str) -> float:
        """Units that the ledger holds of an item: euro over the price of one, the field ``price``; 0 if not known.

        On other terms: units more than in the baseline, where one costs the same in both worlds; not known elsewhere.
        """
        euro, each = self._euro(self.one, item), float(getattr(self.fields, price))
        if self.change == TERMS:
            if float(getattr(self.before, price)) != each:
                return 0.0
            euro -= self._euro(self.other, item)
        return euro / each if each else 0.0

    def _euro(self, world: World, item: str) -> float:
        return float(np.nansum(world.data["spending"].sel(lever=self.lever, item=item).values))


Found = Mapping[str, float]


def split(take_up: float, before: float, after: float) -> dict[str, float]:
    """Take-up in what was there anyway and what was not, of a thing counted in both worlds.

    What the alternative has beside what it pays for is ``after`` - ``take_up``; what the baseline has beyond that is
    what is paid for now and was there anyway. Both are counts; that they add up to the take-up is an identity.

    Parameters
    ----------
    take_up : float
        Paid for in the alternative.
    before, after : float
        Of the same kind in the baseline and in the alternative, paid for or not.
    """
    return {TAKE_UP: take_up, DEADWEIGHT: before - (after - take_up), ADDITIONAL: after - before}


def of_people(table: np.ndarray, scale: float) -> dict[str, float]:
    """The same of people looked at in both worlds: those with the outcome in the alternative.

    Parameters
    ----------
    table : int64 (2, 2)
        People reached, by whether they have the outcome in the baseline and in the alternative.
    """
    return {
        TAKE_UP: float(table[:, 1].sum()) * scale,
        DEADWEIGHT: float(table[1, 1]) * scale,
        ADDITIONAL: float(table[0, 1]) * scale,
        DISPLACED: float(table[1, 0]) * scale,
    }


def _short_time(case: Case) -> Found:
    """Full jobs claimed, and jobs that were not let go (W3)."""
    found = case.short_time
    if not found:
        return {}
    claimed, kept = found["jobs_claimed"], found["jobs_kept"]
    return split(claimed, 0.0, kept)


def short_time_of(case: Case) -> dict[str, float]:
    """All that :func:`techsim.results.short_time.evaluate` says, over the months from the scheme's first."""
    cut = slice(case.first, None)  # earlier schemes are of both worlds
    one, other = case.one.data.isel(time=cut), case.other.data.isel(time=cut)
    busy = np.flatnonzero(one["short_time_workers"].sum(["draw", "sector", "region"]).values > 0)
    if busy.size == 0:
        return {}
    after = min(short_time.MONTHS_AFTER, one.sizes["time"] - int(busy[-1]) - 1)
    found = short_time.evaluate(one, other, case.hours_share, months_after=after)
    return {
        **{str(name): float(values.isel(draw=0)) for name, values in found.data_vars.items()},
        "months_after": float(after),
        **_spells(case, *(_month(one["time"].values[at]) for at in (int(busy[0]), int(busy[-1]) + after))),
    }


def _spells(case: Case, first: int, last: int) -> dict[str, float]:
    """Spells from month to month by what becomes of their workers, person by person."""
    found = spells(case.one.acts, case.other.acts, first, last)
    every = found.anyway + found.saved + found.lost
    if not every:
        return {}
    return {
        "spells_anyway": found.anyway * case.scale,
        "spells_saved": found.saved * case.scale,
        "spells_lost": found.lost * case.scale,
        "spells_anyway_share": found.anyway / every,
    }


def _month(time: np.datetime64) -> int:
    """Month index of a label of the results."""
    return parse(str(time.astype("datetime64[M]")))


def _noted(per: float = 1.0) -> Callable[[Case], Found]:
    """People who did what the lever pays for, person by person; ``per`` is what one of them counts for in a month."""

    def evaluate(case: Case) -> Found:
        found = tally(case.one.acts, case.other.acts, case.lever, NOTED[case.lever])
        if found is None:
            return {}
        each = case.scale * per
        return {
            TAKE_UP: found.take_up * each,
            DEADWEIGHT: found.deadweight * each,
            ADDITIONAL: found.additional * each,
            DISPLACED: found.displaced * each,
            UNPAID: found.unpaid * each,
            MORE: found.more * each,
        }

    return evaluate


def _bridging(case: Case) -> Found:
    """New bbl places; graduates as far as the run goes, where the scheme is in one world only (L4)."""
    found = _noted()(case)
    if not found or case.change == TERMS:
        return found
    by_year = case.one.data["bridging_places"].sum("region").isel(draw=0).values
    busy = np.flatnonzero(by_year > 0)
    counted = slice(int(busy[0]), int(busy[-1]) + 1 + bridging.YEARS_AFTER)
    more = bridging.graduates_more(case.one.data, case.other.data, counted)
    return {**found, GRADUATES: float(more.sel(technical=True).isel(draw=0))}


def _training(case: Case) -> Found:
    """People who began a course; private money less than in the other world (W4)."""
    found = _noted()(case)
    if not found:
        return {}
    one, other = (
        float(world.data["course_money"].sel(payer=list(training.PRIVATE)).sum()) for world in (case.one, case.other)
    )
    return {**found, PRIVATE: other - one}


def _counted(name: str, item: str, price: str) -> Callable[[Case], Found]:
    """People whom the months counted in both worlds."""

    def evaluate(case: Case) -> Found:
        paid = case.paid(item, price)
        return split(paid, case.other.counted[name], case.one.counted[name]) if paid else {}

    return evaluate


def _choosers(programme: str) -> Callable[[Case], Found]:
    """Pupils whom the lever reached and who chose technology, person by person (K1, K2).

    Whom it reached years before may all be too young to have chosen. Take-up is counted in the alternative alone,
    deadweight and additional in both worlds.
    """

    def evaluate(case: Case) -> Found:
        k = PROGRAMMES.index(programme)
        table = case.people.choosers[k]
        if not (table.ravel()[1:].any() or case.people.took_up[k]):
            return {}  # nobody who was reached chose technology in either world
        return of_people(table, case.scale) | {TAKE_UP: float(case.people.took_up[k]) * case.scale}

    return evaluate


def _participants(programme: str, measure: str) -> Callable[[Case], Found]:
    """Pupils who take part in the alternative only and have the outcome there, person by person (K4)."""

    def evaluate(case: Case) -> Found:
        table = case.people.participants[PROGRAMME.index(programme), MEASURE.index(measure)]
        return of_people(table, case.scale) if table.any() else {}

    return evaluate


@dataclass(frozen=True)
class Scheme:
    """How a lever is evaluated: what its take-up counts (``who``, plural), ``unit``, and the evaluation.

    ``persons`` whether the same people are looked at in both worlds; else the totals of both are set beside each other,
    and deadweight is what is left of them (:func:`split`). ``terms`` whether it holds as well where both worlds have
    the lever, with other fields: then it is of what is paid for on top, or no longer.
    """

    who: str
    unit: str
    evaluate: Callable[[Case], Found]
    persons: bool = False
    terms: bool = False


BASIS = {True: "person by person", False: "from the totals of the two worlds"}
"""How deadweight is found, by whether the same people are looked at in both worlds."""
SHORTLY = {True: "person by person", False: "from totals"}
"""The same where there is little room."""
_PUPILS = "pupils whom it reached and who chose technology"
SCHEMES: Mapping[str, Scheme] = {
    "bridging_courses": Scheme(
        "people who switched up or between kinds of field", "persons", _noted(), persons=True, terms=True
    ),
    "bridging_scheme": Scheme("new apprenticeship places", "places", _bridging, persons=True, terms=True),
    "career_guidance": Scheme(_PUPILS, "persons", _choosers("guidance"), persons=True),
    "deeltijd_ww": Scheme("full jobs of hours cut", "full jobs", _short_time),
    "deeltijd_ww_2009": Scheme("full jobs of hours cut", "full jobs", _short_time),
    "hybrid_programme": Scheme(
        "people who began the certificate for hybrid teachers", "persons", _noted(), persons=True, terms=True
    ),
    "international_recruitment": Scheme(
        "scholarships for students from abroad", "persons",
        _counted("international_entrants", "scholarships", "unit_cost"), terms=True,
    ),
    "international_retention": Scheme("international graduates", "persons", _noted(), persons=True, terms=True),
    "migration_background": Scheme(_PUPILS, "persons", _choosers("coaching"), persons=True),
    "praktijkleren": Scheme(
        "years of apprentices", "person-years", _noted(1.0 / MONTHS), persons=True, terms=True
    ),
    "retraining": Scheme("people who began retraining", "persons", _noted(), persons=True, terms=True),
    "role_models": Scheme(
        "girls whom it reached and who chose technology", "persons", _choosers("role_models"), persons=True
    ),
    "slim": Scheme("people who began a course", "persons", _training, persons=True, terms=True),
    "stap": Scheme("people who began a course", "persons", _training, persons=True, terms=True),
    "teacher_grants": Scheme("side entrants into teaching", "persons", _noted(), persons=True, terms=True),
    "technologieroute": Scheme(
        "pupils who take the route and have a technical diploma", "persons",
        _participants("technologieroute", "technical_diploma"), persons=True,
    ),
    "wt_primary": Scheme(
        "pupils who had W&T in a school with support and chose technology", "persons",
        _choosers("wt_support"), persons=True,
    ),
    "wva_onderwijs": Scheme(
        "years of apprentices", "person-years", _noted(1.0 / MONTHS), persons=True, terms=True
    ),
}  # fmt: skip
"""Schemes that can be evaluated, by lever."""
WHY_NOT: Mapping[str, str] = {
    "equipment": "it pays for what every technical student uses, so that there is nobody who would have had it anyway",
    "intake_capacity": "it pays for room for students, whom the results do not tell apart from those there anyway",
    "international_places": "it is a rule and pays nobody",
    "pabo": "pupils of the teachers whom it trains are not told apart from others",
    "partnership_funding": "it pays for partnerships started; which of them would have started anyway is not recorded",
    "pay_and_image": "it pays everyone in technical work; who would have been there is the pair of technicians",
    "regional_matching": "it pays for every job seeker; who would have found a job is not recorded by scheme",
}
"""Why others are not measurable."""
UNITS = {GRADUATES: "diplomas", PRIVATE: "euro"}
NOBODY = "nobody took it up"
TOO_YOUNG = (
    "none of those whom it reached at ten has chosen technology in the period; they choose four to six years later"
)
BOTH_HAVE = (
    "both worlds have it, on other terms, and whom it reaches in one of them only is not told apart from whom it "
    "reaches in both; an alternative without it shows what it does"
)
AS_MUCH = (
    "both worlds have it, on other terms, but as much is paid for in each, or at another price for the same, so that "
    "nobody is paid for in one world only"
)
APART = "the baseline differs in more than levers, so that it does not show who would have been there anyway"


def evaluate(case: Case) -> dict[str, float]:
    """Figures of a scheme by ``FIGURES``; empty if it is not measurable or nobody took it up.

    Of a lever that the alternative drops they are negative: less is paid for, and what was there anyway still is.
    """
    scheme = SCHEMES.get(case.lever)
    if scheme is None or (case.change == TERMS and not scheme.terms):
        return {}
    found = scheme.evaluate(case)
    return {name: 0.0 - x for name, x in found.items()} if case.change == DROPPED else dict(found)


def why_not(lever: str, alike: bool = True, change: str = ADDED) -> str:
    """Why there is no evaluation of a lever; ``alike`` and ``change`` as of ``experiment.pairing.OneRun``."""
    if not alike:
        return APART
    if lever not in SCHEMES:
        return WHY_NOT.get(lever, "no evaluation is made of it")
    if change == TERMS:
        return AS_MUCH if SCHEMES[lever].terms else BOTH_HAVE
    return TOO_YOUNG if lever == "wt_primary" else NOBODY


def basis(lever: str) -> str:
    """How the deadweight of a lever that can be evaluated is found; of what people do, within which window."""
    within = f", by who did the same in the baseline {WINDOWS[NOTED[lever]][0]}" if lever in NOTED else ""
    return BASIS[SCHEMES[lever].persons] + within


def unit(lever: str, figure: str) -> str:
    """Unit of a figure of a lever."""
    return UNITS.get(figure) or (SCHEMES[lever].unit if lever in SCHEMES else "")
