"""Bytes of a scenario file to text: nothing is read before its kind and size are known."""

from __future__ import annotations

import codecs
import os
import re
import stat
from pathlib import Path

from techsim.scenario.nodes import Place
from techsim.scenario.problems import Problem, ScenarioError

MAX_BYTES = 128 * 1024
"""Largest scenario file read. The longest sensible one, every parameter and lever set, has some 20 kB."""

KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that YAML does not allow in a file, and the byte order mark, which belongs at its start only."""


def read_text(path: Path, shown: str) -> str:
    """The text of a file.

    Parameters
    ----------
    path : Path
    shown : str
        The file's name in messages.

    Raises
    ------
    ScenarioError
        If there is no such file, it is no regular file, larger than ``MAX_BYTES``, unreadable or not UTF-8.
    """
    return decode(read_bytes(path, shown), shown)


def read_bytes(path: Path, shown: str, most: int = MAX_BYTES, what: str = "a scenario") -> bytes:
    """The bytes of a file of up to ``most``, and one more where it has more; ``what`` it should hold.

    Raises
    ------
    ScenarioError
        If there is no such file, it is no regular file, too large or unreadable.
    """
    try:
        _refuse_kind(os.stat(path), shown, most, what)
        with path.open("rb") as file:
            # Asked again of the open file: another may have taken its place.
            _refuse_kind(os.fstat(file.fileno()), shown, most, what)
            return file.read(most + 1)
    except FileNotFoundError:
        raise _whole(shown, "there is no such file", hint=_similar_files(path)) from None
    except (OSError, ValueError) as error:
        if isinstance(error, ScenarioError):
            raise
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise _whole(shown, f"cannot be read: {reason}") from None


def decode(data: bytes, shown: str, most: int = MAX_BYTES, what: str = "a scenario") -> str:
    """Bytes as text; ScenarioError if they are too many, not UTF-8, or hold control characters."""
    if len(data) > most:
        raise _too_large(shown, len(data), most, what)
    for mark, name in OTHER_ENCODINGS:
        if data.startswith(mark):
            raise _whole(shown, f"is not UTF-8 text: it looks like {name}", hint="save it as UTF-8")
    body = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        before = body[: error.start].decode("utf-8")
        position = error.start + len(data) - len(body)
        message = f"is not UTF-8 text: byte 0x{body[error.start]:02x} at position {position}"
        raise ScenarioError([Problem(_place(before, shown), message, hint="save it as UTF-8")]) from None
    return check_characters(text, shown)


def check_characters(text: str, shown: str) -> str:
    """The text itself; ScenarioError at the first control character or lone surrogate."""
    found = FORBIDDEN.search(text)
    if found:
        place = _place(text[: found.start()], shown)
        raise ScenarioError([Problem(place, f"holds the control character U+{ord(found[0]):04X}")])
    return text


def _place(before: str, shown: str) -> Place:
    lines = LINE_BREAK.split(before)
    return Place(shown, len(lines), len(lines[-1]) + 1)


def _refuse_kind(status: os.stat_result, shown: str, most: int, what: str) -> None:
    for test, kind in KINDS:
        if test(status.st_mode):
            raise _whole(shown, f"is {kind}, not {what} file")
    if status.st_size > most:
        raise _too_large(shown, status.st_size, most, what)


def _too_large(shown: str, size: int, most: int, what: str) -> ScenarioError:
    return _whole(shown, f"is too large for {what}", found=f"{size:,} bytes", allowed=f"up to {most:,} bytes")


def _whole(shown: str, message: str, **more: str) -> ScenarioError:
    return ScenarioError([Problem(Place(shown), message, **more)])


def _similar_files(path: Path) -> str:
    """``did you mean X?`` of the folder's scenario files, or tables for one, by name without the ending; or nothing."""
    from techsim.scenario.names import FILES_ALIKE, nearest

    others: dict[str, str] = {}
    ending = path.suffix.lower()
    endings = (ending,) if ending in (".csv", ".parquet") else (".yaml", ".yml")
    try:
        with os.scandir(path.parent) as entries:
            for entry in entries:
                if entry.name.endswith(endings):
                    others.setdefault(Path(entry.name).stem, entry.name)
                if len(others) >= 500:
                    break
    except (OSError, ValueError):
        return ""
    near = nearest(path.stem, sorted(others), FILES_ALIKE)
    return f"did you mean {others[near]!r}?" if near is not None else ""
