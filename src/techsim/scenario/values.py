"""The kinds of value that a scenario's fields take, each read strictly from what stands in the file.

Used as annotations of pydantic fields, ``Annotated[float, Number(0, 1)]``: one object says how the value is read, what
the message calls allowed, and how JSON Schema describes it. A plain Python value (the Python interface, command-line
options) passes the same gate. A fault is a ``PydanticCustomError`` of type ``fault``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from techsim.population import clock
from techsim.scenario.catalogue import Catalogue
from techsim.scenario.names import did_you_mean, listed
from techsim.scenario.nodes import NUMBER, Scalar, describe

FIRST_MONTH, LAST_MONTH = "2008-01", "2060-12"
"""Months that a scenario may name."""
MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
YEAR = re.compile(r"[0-9]{4}")
LONGEST_NUMBER = 40
TABLE = ".csv"
"""How the name of a table's file ends."""

Info = core_schema.ValidationInfo


def fault(message: str, value: object, allowed: str, hint: str = "") -> PydanticCustomError:
    """The error of a field: what is wrong, what was found, what is allowed, and what may be meant."""
    words = {"message": message, "found": describe(value), "allowed": allowed, "hint": hint}
    return PydanticCustomError("fault", "{message}, found {found}; allowed: {allowed}", words)


class Kind:
    """What the kinds share: they replace pydantic's own reading of the annotated type."""

    def read(self, value: object, catalogue: Catalogue | None) -> Any:
        """The value, checked; raises a fault."""
        raise NotImplementedError

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of what may be written."""
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def validate(value: object, info: Info) -> Any:
            return self.read(value, info.context)

        return core_schema.with_info_plain_validator_function(validate)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return self.json_schema()


@dataclass(frozen=True)
class Number(Kind):
    """A finite number from ``low`` to ``high``."""

    low: float
    high: float

    @property
    def allowed(self) -> str:
        """The bounds in words."""
        return f"a number from {self.low:g} to {self.high:g}"

    def read(self, value: object, catalogue: Catalogue | None = None) -> float:
        """The number as float; no text, truth value, infinity or NaN."""
        number = _number(value, self.allowed)
        if not self.low <= number <= self.high:
            raise fault("is out of bounds", value, self.allowed)
        return number + 0.0  # no negative zero: equal scenarios have equal hashes

    def json_schema(self) -> dict[str, Any]:
        return {"type": "number", "minimum": self.low, "maximum": self.high}


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number from ``low`` to ``high``."""

    low: int
    high: int

    @property
    def allowed(self) -> str:
        """The bounds in words."""
        return f"a whole number from {self.low} to {self.high}"

    def read(self, value: object, catalogue: Catalogue | None = None) -> int:
        """The number as int; ``100.0`` is refused."""
        if isinstance(value, int) and not isinstance(value, bool):
            number = value
        else:
            _number(value, self.allowed)
            if not (isinstance(value, Scalar) and re.fullmatch(r"[-+]?[0-9]+", value.text)):
                raise fault("must be a whole number", value, self.allowed)
            number = int(value.text)
        if not self.low <= number <= self.high:
            raise fault("is out of bounds", value, self.allowed)
        return number

    def json_schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


def _number(value: object, allowed: str) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        if not math.isfinite(value):
            raise fault("must be a finite number", value, allowed)
        return float(value)
    if not isinstance(value, Scalar):
        raise fault("must be a number", value, allowed)
    if value.kind != "number":
        message = "must be a finite number" if value.kind == "no finite number" else "must be a number"
        raise fault(message, value, allowed, _number_hint(value))
    if len(value.text) > LONGEST_NUMBER or not math.isfinite(float(value.text)):
        raise fault("is out of bounds", value, allowed)
    if re.match(r"[-+]?0[0-9]", value.text):
        # YAML 1.1 reads 010 as eight, YAML 1.2 as ten.
        raise fault("must be a number without leading zeros", value, allowed)
    return float(value.text)


def _number_hint(value: Scalar) -> str:
    text = value.text.strip()
    if not value.plain and NUMBER.fullmatch(text):
        return "write it without quotes"
    if re.fullmatch(r"[-+]?[0-9]+,[0-9]+", text):
        return "write a decimal point"
    if re.fullmatch(r"[-+]?[0-9][0-9_.]*_[0-9_.]*", text):
        return "write it without underscores"
    if re.fullmatch(r"[-+]?[0-9.]{1,10} ?%", text):
        return "write a share: 10 % is 0.1"
    return ""


@dataclass(frozen=True)
class Text(Kind):
    """A text of one line; with ``lines`` of any number of lines."""

    longest: int = 200
    lines: bool = False

    @property
    def allowed(self) -> str:
        """The limits in words."""
        return f"a text of up to {self.longest} characters{'' if self.lines else ' in one line'}"

    def read(self, value: object, catalogue: Catalogue | None = None) -> str:
        """The text without blanks around it; empty text is a fault, numbers and ``no`` are text."""
        if isinstance(value, Scalar) and value.kind != "nothing":
            text = value.text.strip()
        elif isinstance(value, str):
            text = value.strip()
        else:
            raise fault("must be a text", value, self.allowed)
        flat = text.replace("\n", " ").replace("\t", " ") if self.lines else text
        if not flat or len(text) > self.longest or not flat.isprintable():
            raise fault("is not a usable text", value, self.allowed)
        return text

    def json_schema(self) -> dict[str, Any]:
        # An editor sees `name: 2030` as a number; we read it as the text that it is.
        return {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": self.longest}


@dataclass(frozen=True)
class Title(Text):
    """A text with at least one letter or digit: a folder is named by it."""

    def read(self, value: object, catalogue: Catalogue | None = None) -> str:
        """The text; a fault without any letter or digit."""
        text = super().read(value, catalogue)
        if not re.search(r"\w", text.replace("_", "")):
            raise fault("needs a letter or a digit", value, self.allowed)
        return text


@dataclass(frozen=True)
class Month(Kind):
    """A month ``YYYY-MM``; ``start`` limits it to the months with a start population."""

    start: bool = False
    optional: bool = False

    def read(self, value: object, catalogue: Catalogue | None = None) -> str | None:
        """The month as written; the text only, so that no reader of dates has a say."""
        allowed = f"a month YYYY-MM from {FIRST_MONTH} to {LAST_MONTH}"
        if self.start and catalogue is not None:
            allowed = listed(catalogue.start_months)
        if value is None and self.optional:
            return None
        text = value.text if isinstance(value, Scalar) and value.kind != "nothing" else value
        if not isinstance(text, str) or not MONTH.fullmatch(text):
            raise fault("must be a month YYYY-MM", value, allowed, _month_hint(text))
        if not FIRST_MONTH <= text <= LAST_MONTH:
            raise fault("is out of bounds", value, allowed)
        if self.start and catalogue is not None and text not in catalogue.start_months:
            raise fault("has no start population", value, allowed)
        return text

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{MONTH.pattern}$"}


@dataclass(frozen=True)
class YearOrMonth(Kind):
    """The key of a table in time: a year, or a month ``YYYY-MM``."""

    def read(self, value: object, catalogue: Catalogue | None = None) -> str:
        """The key as written."""
        first, last = FIRST_MONTH[:4], LAST_MONTH[:4]
        if not isinstance(value, str) or not (YEAR.fullmatch(value) or MONTH.fullmatch(value)):
            raise fault("must be a year YYYY or a month YYYY-MM", value, f"{first} to {last}", _month_hint(value))
        if not first <= value[:4] <= last:
            raise fault("is out of bounds", value, f"{first} to {last}")
        return value

    def json_schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^(?:{YEAR.pattern}|{MONTH.pattern})$"}


def _month_hint(text: object) -> str:
    if isinstance(text, str):
        if YEAR.fullmatch(text):
            return f"write {text}-01 for January {text}"
        found = re.fullmatch(r"([0-9]{4})[-/.]?([0-9]{1,2})(?:[-/.][0-9]{1,2})?", text)
        if found and 1 <= int(found[2]) <= clock.MONTHS:
            return f"write {found[1]}-{int(found[2]):02d}"
    return ""


@dataclass(frozen=True)
class OneOf(Kind):
    """One of a few names: ``names``, or those that the catalogue holds under ``of``."""

    names: tuple[str, ...] = ()
    of: str = ""

    def read(self, value: object, catalogue: Catalogue | None = None) -> str:
        """The name; a fault with the nearest one."""
        names = self._names(catalogue)
        text = value.text if isinstance(value, Scalar) and value.kind != "nothing" else value
        if not isinstance(text, str) or (names is not None and text not in names):
            hint = did_you_mean(text, names or ()) if isinstance(text, str) else ""
            raise fault("is not a known name", value, listed(names or ()), hint)
        return text

    def _names(self, catalogue: Catalogue | None) -> Iterable[str] | None:
        if not self.of:
            return self.names
        return None if catalogue is None else tuple(getattr(catalogue, self.of))

    def json_schema(self) -> dict[str, Any]:
        # `x-names` is filled in from the catalogue by the export.
        return {"enum": list(self.names)} if self.names else {"type": "string", "x-names": self.of}


@dataclass(frozen=True)
class NameOrTable(Kind):
    """One of a few names, or the path of a table: a file with one of these endings, from the scenario's folder."""

    names: tuple[str, ...]
    endings: tuple[str, ...] = (TABLE,)

    def read(self, value: object, catalogue: Catalogue | None = None) -> str:
        """The name or path; a fault with the nearest name."""
        text = value.text if isinstance(value, Scalar) and value.kind != "nothing" else value
        if isinstance(text, str) and text.strip().lower().endswith(self.endings):
            return Text(longest=1000).read(value)
        if not isinstance(text, str) or text not in self.names:
            hint = did_you_mean(text, self.names) if isinstance(text, str) else ""
            files = " or ".join(self.endings)
            raise fault("is not a known name", value, f"{listed(self.names)}, or the path of a {files} file", hint)
        return text

    def json_schema(self) -> dict[str, Any]:
        any_case = ("".join(f"[{letter}{letter.upper()}]" for letter in ending[1:]) for ending in self.endings)
        table = {"type": "string", "pattern": f"[.]{_either(tuple(any_case))}$", "maxLength": 1000}
        return {"anyOf": [{"enum": list(self.names)}, table]}


def _either(patterns: tuple[str, ...]) -> str:
    return patterns[0] if len(patterns) == 1 else f"(?:{'|'.join(patterns)})"


@dataclass(frozen=True)
class Regions(Kind):
    """A list of regions without doubles, kept in the catalogue's order; None for all. A landsdeel that is split stands
    for all its parts."""

    def read(self, value: object, catalogue: Catalogue | None = None) -> tuple[str, ...] | None:
        """The regions; a fault names the first that is unknown or doubled."""
        if value is None:
            return None
        known = None if catalogue is None else catalogue.regions or None
        parts = {} if catalogue is None else catalogue.parts
        names = tuple(dict.fromkeys((*parts, *(known or ()))))
        allowed = "a list of regions" + (f": {listed(names)}" if names else "")
        if not isinstance(value, list | tuple) or not value:
            hint = "write it in brackets: [North]" if isinstance(value, Scalar | str) else ""
            raise fault("must be a list of at least one region", value, allowed, hint)
        found: list[str] = []
        for item in value:
            text = (OneOf(names) if names else OneOf(of="regions")).read(item, None)
            for name in parts.get(text, (text,)):
                if name in found:
                    raise fault("region is doubled", item, allowed)
                found.append(name)
        return tuple(found) if known is None else tuple(name for name in known if name in found)

    def json_schema(self) -> dict[str, Any]:
        # The names of parts are those of a table: an editor offers the landsdelen, and lets others stand.
        item = {"anyOf": [{"type": "string", "x-names": "regions"}, {"type": "string", "minLength": 1}]}
        return {"type": "array", "items": item, "minItems": 1, "uniqueItems": True}
