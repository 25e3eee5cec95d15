"""Files made to harm, or that are no files: a clear error at once, with little memory."""

from __future__ import annotations

import os
import socket
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sample_catalogue import Write

from techsim.scenario import Catalogue, ScenarioError, load
from techsim.scenario.reading import MAX_BYTES
from yardstick import slowness

SECONDS, BYTES = 1.0, 50 * 1024 * 1024


@contextmanager
def at_once() -> Iterator[None]:
    """Fails if the body takes a second, as machines at rest count, or 50 MB."""
    tracemalloc.start()
    begun = time.process_time()
    try:
        yield
        taken, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken < SECONDS * slowness()
    assert peak < BYTES


def refused(path: str, catalogue: Catalogue) -> str:
    with pytest.raises(ScenarioError) as caught:
        load(path, catalogue)
    return str(caught.value)


def test_a_hundred_megabytes_are_not_even_read(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)  # sparse
    load_small(tmp_path, catalogue)  # so that imports are not counted
    tracemalloc.start()
    try:
        message = refused(str(path), catalogue)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    with at_once():
        refused(str(path), catalogue)
    assert "too large" in message
    assert "104,857,600 bytes" in message
    assert peak < 1024 * 1024


def load_small(folder: Path, catalogue: Catalogue) -> None:
    (folder / "small.yaml").write_text("name: Small\n", encoding="utf-8")
    assert load(folder / "small.yaml", catalogue).name == "Small"


BILLION = "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9) if i else 'ha'}]\n" for i in range(12))


def filled(line: str, head: str = "name: A\n") -> str:
    """The largest text of ``head`` and numbered lines that is still read."""
    longest = len(line.format(10**6))
    return head + "".join(line.format(i) for i in range((MAX_BYTES - len(head)) // longest))


WORST = {
    "billion laughs": (BILLION, "anchor '&l0'"),
    "many anchors": (filled("k{0}: &a{0} x\n"), "anchor '&a0'"),
    "deep brackets": ("[" * (MAX_BYTES - 1), "nested too deeply"),
    "deep braces": ("{a: " * (MAX_BYTES // 4 - 1), "nested too deeply"),
    "deep indentation": ("".join(" " * i + "a:\n" for i in range(450)), "nested too deeply"),
    "many unknown keys": (filled("kay_{}: 1\n"), "is not a known key"),
    "many unknown parameters": (filled(" choice.weigth_{}: 1\n", "name: A\nparameters:\n"), "is not a known parameter"),
    "many levers": (filled("- career_{}: 1\n", "name: A\nlevers:\n"), "is not a known lever"),
    "many gaps": (filled("  x{}: 1\n", "name: A\ncycle:\n table:\n"), "must be a year YYYY"),
    "many fields of a lever": (filled("   v{}: 1\n", "name: A\nlevers:\n- career_guidance:\n"), "is not a known key"),
    "one key, doubled for ever": (filled("a: {}\n"), "is doubled"),
    "very long keys": (filled("k" * 1000 + "{}: 1\n"), "is not a known key"),
    "a very long name": (f"name: {'n' * (MAX_BYTES - 10)}", "not a usable text"),
    "a very long number": (f"name: A\ndraws: {{seed: {'7' * (MAX_BYTES - 50)}}}\n", "out of bounds"),
    "question marks": ("? " * (MAX_BYTES // 2 - 1), "a key must be plain text"),
    "colons": (": " * (MAX_BYTES // 2 - 1), "not valid YAML"),
    "dashes": ("- " * (MAX_BYTES // 2 - 1), "nested too deeply"),
    "quotes": ("name: '" + "''" * (MAX_BYTES // 2 - 10), "not valid YAML"),
}


@pytest.mark.parametrize("name", WORST)
def test_the_worst_of_what_fits_the_size(name: str, write: Write, catalogue: Catalogue) -> None:
    text, says = WORST[name]
    assert len(text) <= MAX_BYTES
    folder = write({"scenario.yaml": text})
    load_small(folder, catalogue)
    # Memory is watched apart: watching it slows everything several times.
    begun = time.process_time()
    message = refused("scenario.yaml", catalogue)
    assert time.process_time() - begun < SECONDS * slowness()
    assert says in message
    assert len(message) < 100_000
    tracemalloc.start()
    try:
        refused("scenario.yaml", catalogue)
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


def test_no_such_file(write: Write, catalogue: Catalogue) -> None:
    write({"baseline.yaml": "name: A\n"})
    message = refused("basline.yaml", catalogue)
    assert message.startswith("basline.yaml: there is no such file")
    assert "did you mean 'baseline.yaml'?" in message


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("basline.yaml", "baseline.yaml"),
        ("baseline.yml", "baseline.yaml"),
        ("recession.yaml", "recession_2026.yaml"),
        ("nowhere.yaml", ""),
        ("mine.yaml", ""),
        ("bloom_of_spring.yaml", ""),
    ],
)
def test_only_a_near_file_name_is_suggested(write: Write, catalogue: Catalogue, asked: str, meant: str) -> None:
    names = ("baseline.yaml", "historical.yaml", "recession_2026.yaml", "boom.yaml", "low.yaml")
    write(dict.fromkeys(names, "name: A\n"))
    message = refused(asked, catalogue)
    assert ("did you mean" in message) == bool(meant)
    assert f"did you mean {meant!r}?" in message or not meant


def test_a_folder(tmp_path: Path, catalogue: Catalogue) -> None:
    assert "is a folder" in refused(str(tmp_path), catalogue)


def test_a_name_no_file_can_have(catalogue: Catalogue) -> None:
    assert "cannot be read" in refused("a\0b.yaml", catalogue)
    assert "cannot be read" in refused("a" * 5000, catalogue)


@pytest.mark.skipif(sys.platform == "win32", reason="has no such files")
@pytest.mark.parametrize("kind", ["a pipe", "a device", "a socket"])
def test_what_would_block_or_never_end(
    kind: str, tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = "/dev/zero" if kind == "a device" else "scenario.yaml"
    with socket.socket(socket.AF_UNIX) as server:
        if kind == "a pipe":
            os.mkfifo(path)
        elif kind == "a socket":
            server.bind(path)
        with at_once():
            message = refused(path, catalogue)
    assert f"is {kind}, not a scenario file" in message


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid"), reason="needs POSIX permissions")
def test_a_file_without_permission(write: Write, catalogue: Catalogue) -> None:
    folder = write({"secret.yaml": "name: A\n"})
    (folder / "secret.yaml").chmod(0)
    if os.geteuid() == 0:
        pytest.skip("the superuser may read everything")
    assert "cannot be read: Permission denied" in refused("secret.yaml", catalogue)
