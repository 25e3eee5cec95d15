"""Effective values of the hooks in a month: from the base, never in place, in an order that cannot matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from techsim.levers.base import Change, LeverFields, LeverType, Spending
from techsim.levers.hooks import HOOKS, Hook, LeverError
from techsim.population import clock
from techsim.scenario.models import LeverSetting
from techsim.scenario.names import did_you_mean

Values = npt.NDArray[np.float64]
Acting = tuple[tuple[str, Values], ...]
"""Hooks that a lever changes, and its changes of them."""
NEUTRAL = {"add": 0.0, "multiply": 1.0}


@dataclass(frozen=True)
class ActiveLever:
    """A lever of a scenario, ready for the months of a run.

    ``regions`` is 1 where the lever acts, float64 (regions,); ``first`` and ``last`` are its month indices. ``known``
    is what it does at the share of full strength at which it last acted: the same month after month, mostly.
    """

    type: LeverType
    fields: LeverFields
    regions: Values
    first: int
    last: int
    known: dict[float, Acting] = field(init=False, repr=False, compare=False, default_factory=dict)

    def strength(self, month: int, gap: float) -> Values:
        """Share of full strength per region, float64 (regions,): dates x phase-in x coverage x regions x trigger.

        Memoryless: a trigger that lets go and returns does not start the phase-in anew.
        """
        return self.regions * self._share(month, gap)

    def acts(self, month: int, gap: float) -> bool:
        """Whether it has any strength in a month: without, it changes nothing."""
        return self._share(month, gap) > 0.0

    def _share(self, month: int, gap: float) -> float:
        fields = self.fields
        if not self.first <= month <= self.last:
            return 0.0
        if fields.when is not None and not gap < fields.when.output_gap_below:
            return 0.0
        phase = min(1.0, (month - self.first + 1) / fields.phase_in) if fields.phase_in else 1.0
        return phase * fields.coverage

    def acting(self, month: int, gap: float, base: Mapping[str, Values], hooks: Mapping[str, Hook]) -> Acting:
        """What it changes in a month, less what changes nothing; checked when its strength is another than before."""
        share = self._share(month, gap)
        if share not in self.known:
            checked = [
                (change.hook, _checked(change, self.type, base, hooks))
                for change in self.type.effect(self.fields, self.regions * share)
            ]
            self.known.clear()
            self.known[share] = tuple((hook, value) for hook, value in checked if value is not None)
        return self.known[share]


def activate(
    settings: Iterable[LeverSetting],
    types: Mapping[str, LeverType],
    regions: Sequence[str],
    first: int,
    last: int,
    landsdelen: Sequence[str] = (),
) -> tuple[ActiveLever, ...]:
    """The levers of a scenario for a run.

    Parameters
    ----------
    settings : iterable of LeverSetting
        ``Scenario.levers``.
    types : mapping of name to LeverType
        ``levers.catalogue()``.
    regions : sequence of str
        Names of the regions, in index order.
    first, last : int
        First and last month index of the run: the lever's where it sets none.
    landsdelen : sequence of str
        The landsdeel in which each region lies, by whose name levers mean all its regions; none where regions are
        landsdelen themselves.

    Raises
    ------
    LeverError
        If a lever names a region that is none of either.
    """
    active: list[ActiveLever] = []
    for setting in settings:
        fields = setting.fields
        if not isinstance(fields, LeverFields):
            raise LeverError(f"lever {setting.name}: fields must derive from LeverFields")
        where = regions if fields.regions is None else fields.regions
        names = dict.fromkeys((*landsdelen, *regions))
        for name in where:
            if name not in names:
                hint = did_you_mean(name, names)
                raise LeverError(f"lever {setting.name}: unknown region {name!r}" + (f"; {hint}" if hint else ""))
        inside = list(zip(regions, landsdelen or regions, strict=True))
        active.append(
            ActiveLever(
                type=types[setting.name],
                fields=fields,
                regions=np.array([1.0 if region in where or whole in where else 0.0 for region, whole in inside]),
                first=clock.parse(fields.start) if fields.start else first,
                last=clock.parse(fields.end) if fields.end else last,
            )
        )
    return tuple(active)


def apply(
    levers: Iterable[ActiveLever], base: Mapping[str, Values], month: int, gap: float, hooks: Mapping[str, Hook] = HOOKS
) -> dict[str, Values]:
    """The hooks' effective values in a month: new arrays, shaped as the base, within each hook's bounds.

    Parameters
    ----------
    levers : iterable of ActiveLever
        In any order: equal sets give equal bits.
    base : mapping of hook to float64 (regions,) or ()
        Values without levers; not changed. Where no lever changes a hook, its value is copied bit for bit.
    month : int
        Month index.
    gap : float
        The month's output gap [share of potential output].

    Raises
    ------
    LeverError
        If a base value is out of its hook's bounds, a change has another law or shape than its hook, or two levers
        change a hook in the same region that one of them wants alone.
    """
    effective = {name: value.copy() for name, value in base.items()}
    _check_bounds(effective, hooks)
    changes: dict[str, list[tuple[str, Values]]] = {}
    alone: set[str] = set()
    for lever in levers:
        alone.add(lever.type.alone)
        for hook, value in lever.acting(month, gap, base, hooks):
            changes.setdefault(hook, []).append((lever.type.name, value))
    for name, found in changes.items():
        if name in alone:
            _check_apart(hooks[name], found, month)
        # Canonical order, since sums and products of floats depend on theirs.
        ordered = found if len(found) == 1 else sorted(found, key=lambda pair: (pair[0], pair[1].tobytes()))
        effective[name] = _combined(hooks[name], effective[name], [value for _, value in ordered])
    return effective


def _check_bounds(base: Mapping[str, Values], hooks: Mapping[str, Hook]) -> None:
    """LeverError if a base value is out of its hook's bounds, or no number."""
    for name, value in base.items():
        low, high = hooks[name].low, hooks[name].high
        if not all(low <= number <= high for number in value.ravel().tolist()):
            raise LeverError(f"hook {name}: base {value} outside [{low:g}, {high:g}]")


def _check_apart(hook: Hook, changes: Sequence[tuple[str, Values]], month: int) -> None:
    """LeverError if two levers change the hook in the same region."""
    acts = np.array([value != NEUTRAL.get(hook.law, hook.low) for _, value in changes])
    both = acts[:, acts.sum(axis=0) > 1]
    if both.size:
        first, second = sorted(changes[k][0] for k in np.flatnonzero(both[:, 0])[:2])
        raise LeverError(
            f"levers {first} and {second} both change {hook.name} in {clock.label(month)} in the same region"
        )


def _combined(hook: Hook, base: Values, changes: Sequence[Values]) -> Values:
    value = base
    for change in changes:
        if hook.law == "add":
            value = value + change
        elif hook.law == "multiply":
            value = value * change
        else:
            value = np.maximum(value, change)
    return np.asarray(value.clip(hook.low, hook.high))  # the method: it takes half as long as the function


def _checked(change: Change, lever: LeverType, base: Mapping[str, Values], hooks: Mapping[str, Hook]) -> Values | None:
    """The change's values, shaped as the base; None if they change nothing."""
    if change.hook not in lever.hooks or change.hook not in hooks or change.hook not in base:
        raise LeverError(
            f"lever {lever.name} changes the hook {change.hook!r}, which it does not declare or nobody holds"
        )
    hook, shape = hooks[change.hook], np.shape(base[change.hook])
    if change.law != hook.law:
        raise LeverError(f"lever {lever.name}: hook {hook.name} combines by {hook.law}, not by {change.law}")
    value = np.asarray(change.value, dtype=np.float64)
    if value.shape != shape or not bool(np.isfinite(value).all()):
        raise LeverError(f"lever {lever.name}: hook {hook.name} takes finite values of shape {shape}, not {value}")
    return None if bool(np.all(value == NEUTRAL.get(hook.law, hook.low))) else value


def spending(
    levers: Iterable[ActiveLever], month: int, gap: float, counts: Mapping[str, Values]
) -> tuple[Spending, ...]:
    """Public money spent in a month, by lever and item [euro of the base year].

    Parameters
    ----------
    counts : mapping of name (of ``base.COUNTS``) to float64 (regions,)
        Residents, not simulated persons.
    """
    spent: list[Spending] = []
    for lever in levers:
        by_item = lever.type.cost(lever.fields, lever.strength(month, gap), counts)
        for item, euro in by_item.items():
            if item not in lever.type.items:
                raise LeverError(f"lever {lever.type.name} spends on {item!r}, which it does not declare")
            spent.append(Spending(lever.type.name, item, float(euro)))
    return tuple(sorted(spent, key=lambda entry: (entry.lever, entry.item)))
