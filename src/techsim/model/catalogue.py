"""Every name that a scenario may use, collected once from mechanisms, levers and tables.

Read by ``techsim check``, ``schema``, ``levers``, ``explain`` and the reference page; imports no numba, mesa or pandas,
so that these start at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from techsim import levers
from techsim.data.cycle import cycle_paths, path_ends
from techsim.data.demography import START_MONTHS
from techsim.data.dimensions import load_dimensions
from techsim.declarations import by_name
from techsim.levers.hooks import HOOKS
from techsim.mechanisms.choosing.exposure import declare as exposure
from techsim.mechanisms.choosing.onward import declare as onward
from techsim.mechanisms.choosing.placement import declare as placement
from techsim.mechanisms.choosing.profile import declare as profile
from techsim.mechanisms.demography import declare as demography
from techsim.mechanisms.demography.labour_migration import declare as labour_migration
from techsim.mechanisms.demography.moving import declare as moving
from techsim.mechanisms.learning.curriculum import declare as curriculum
from techsim.mechanisms.learning.flows import declare as flows
from techsim.mechanisms.learning.hybrid import declare as hybrid
from techsim.mechanisms.learning.intake import declare as intake
from techsim.mechanisms.learning.international import declare as international
from techsim.mechanisms.learning.partnerships import declare as partnerships
from techsim.mechanisms.learning.teachers import declare as teachers
from techsim.mechanisms.learning.tertiary import declare as tertiary
from techsim.mechanisms.learning.vo import declare as vo
from techsim.mechanisms.working import declarations as working
from techsim.model import declare as model
from techsim.population.clock import label
from techsim.scenario import Catalogue

_SCHOOLS = (
    exposure,
    placement,
    profile,
    onward,
    vo,
    tertiary,
    intake,
    flows,
    teachers,
    hybrid,
    partnerships,
    curriculum,
    international,
)
_DECLARED = (demography, moving, labour_migration, *_SCHOOLS, *working.MODULES)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Parameters, indicators, levers, hooks, cycle paths, regions and start months of the model."""
    return Catalogue(
        parameters=by_name(parameter for module in _DECLARED for parameter in module.PARAMETERS),
        levers=levers.catalogue(),
        cycle_paths=cycle_paths(),
        regions=load_dimensions().region,
        start_months=tuple(label(month) for month in START_MONTHS),
        indicators=(*(i for module in _DECLARED for i in module.INDICATORS), *model.INDICATORS),
        hooks=HOOKS,
        mechanisms=_texts(),
        cycle_ends=path_ends(),
    )


def _texts() -> Mapping[str, str]:
    """What each mechanism is: the docstrings of the declarations that name its id before the first colon."""
    found: dict[str, list[str]] = {}
    for module in (*_DECLARED, model):
        text = (module.__doc__ or "").strip()
        for ident in dict.fromkeys(re.findall(r"\b[A-Z]\d\b", text.partition(":")[0])):
            found.setdefault(ident, []).append(text)
    return MappingProxyType({ident: "\n\n".join(texts) for ident, texts in sorted(found.items())})
