"""Where compiled kernels are kept between runs: a folder named by everything that the machine code depends on.

numba's ``cache=True`` looks only at the file of the function itself: when a callee or a constant in another file
changes, a fresh process runs the old machine code. So the cache folder carries a hash of all kernel sources and of
what they import, of numba, llvmlite, numpy and Python, of the processor and of numba's settings; any change means a new
folder, and the wrong code cannot be found. Called from ``techsim/__init__.py``, before numba can be
imported; it must cost nothing noticeable (a few milliseconds) and never fail. Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.machinery import PathFinder

PACKAGE = os.path.dirname(os.path.abspath(__file__))
VARIABLE = "NUMBA_CACHE_DIR"
_OURS = "TECHSIM_KERNELS"
"""Holds what this module set, so that a subprocess with other sources does not take it for the user's choice."""
_KEEP = 3
"""Sibling folders, newest first, that stay although another one is in use."""
_OLD = 7 * 24 * 3600.0
"""Seconds without use after which a sibling beyond these may go; a long run may still use a younger one."""
_NAME = re.compile(r"[0-9a-f]{20}")
_IMPORT = re.compile(rb"^\s*(?:from\s+([\w.]+)\s+import\s+(\([^)]*\)|[^\n]*)|import\s+([^\n]*))", re.MULTILINE)
_COMPILED = ("numba/_version.py", "llvmlite/_version.py", "numpy/version.py")
_CODE = ".nbc"
"""Ending of the files in which numba keeps machine code."""
_KERNELS = (b"njit", b"population.compiled import")
"""What a file with kernels has in it."""
_IRRELEVANT = frozenset({VARIABLE, "NUMBA_NUM_THREADS", "NUMBA_DEBUG_CACHE"})


def prepare_cache(package: str = PACKAGE) -> str | None:
    """Point numba at the cache folder of exactly these kernels, unless the user chose a folder.

    Parameters
    ----------
    package : str
        Folder of the package whose kernels are compiled.

    Returns
    -------
    str or None
        The folder that numba will use; None where not even a temporary one can be had.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen and chosen != os.environ.get(_OURS):
        return chosen
    name = fingerprint(package)
    folder = _usable(os.path.join(user_cache(), "techsim", "kernels"), name) or _temporary(name)
    if folder is not None:
        os.environ[VARIABLE] = os.environ[_OURS] = folder
        if "numba" in sys.modules:  # imported before techsim: it has read the environment already
            sys.modules["numba"].config.CACHE_DIR = folder
    return folder


def is_cold() -> bool:
    """Whether the folder that numba uses holds no machine code yet, so that a run has to compile first."""
    folder = os.environ.get(VARIABLE, "")
    return _compiles() and not any(name.endswith(_CODE) for _, _, names in os.walk(folder) for name in names)


def is_incomplete() -> bool:
    """Whether kernels may be missing in the folder that numba uses: nobody has compiled all of them into it."""
    mark = _mark()
    return _compiles() and mark is not None and not os.path.exists(mark)


def set_complete() -> None:
    """Mark the folder that numba uses as one that holds every kernel, from the files as they are now."""
    mark = _mark()
    if mark is not None:
        with suppress(OSError), open(mark, "wb"):
            pass


def _mark() -> str | None:
    """The empty file that says so. Its name tells the files apart as numba does, by path, size and time of change, and
    what else the machine code depends on."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return None
    digest = hashlib.blake2b(fingerprint(PACKAGE).encode(), digest_size=10)
    for path in sorted(kernel_sources(PACKAGE)):
        state = os.stat(path)
        digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    return os.path.join(folder, f"complete-{digest.hexdigest()}")


def _compiles() -> bool:
    return os.environ.get("NUMBA_DISABLE_JIT", "0") in ("", "0")


def fingerprint(package: str) -> str:
    """Hash of all that the machine code of a package's kernels depends on; 20 hexadecimal digits."""
    digest = hashlib.blake2b(digest_size=10)
    for part in (sys.version, processor(), *_settings()):
        digest.update(part.encode())
        digest.update(b"\0")
    for content in _libraries():
        digest.update(content)
    for path, content in sorted(kernel_sources(package).items()):
        digest.update(os.path.relpath(path, package).replace(os.sep, "/").encode())
        digest.update(content)
    return digest.hexdigest()


def kernel_sources(package: str) -> dict[str, bytes]:
    """The files with kernels, and those of the package that they import, however indirectly, by path."""
    found = {path: content for path, content in _python_files(package) if any(mark in content for mark in _KERNELS)}
    waiting = list(found)
    while waiting:
        for path in _imported(found[waiting.pop()], package):
            if path not in found:
                with open(path, "rb") as file:
                    found[path] = file.read()
                waiting.append(path)
    return found


def user_cache() -> str:
    """The user's cache folder by the habits of the operating system; empty if there is none."""
    home = os.path.expanduser("~")
    if os.name == "nt":
        chosen, usual = os.environ.get("LOCALAPPDATA", ""), os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        chosen, usual = "", os.path.join(home, "Library", "Caches")
    else:
        chosen, usual = os.environ.get("XDG_CACHE_HOME", ""), os.path.join(home, ".cache")
    # The XDG rules say to ignore a relative path; an unknown home stays "~".
    return chosen if os.path.isabs(chosen) else usual if os.path.isabs(usual) else ""


def processor() -> str:
    """What the processor is called; numba itself also keeps machine code of different processors apart."""
    if sys.platform == "linux":
        try:
            with open("/proc/cpuinfo", "rb", buffering=0) as file:
                start = file.read(4096).decode("ascii", "replace")
        except OSError:
            start = ""
        lines = [line for line in start.splitlines() if line.startswith(("model name", "flags", "Features"))]
        return "\n".join([os.uname().machine, *lines[:2]])
    if os.name == "nt":
        return os.environ.get("PROCESSOR_IDENTIFIER", "")
    return os.uname().machine


def _settings() -> list[str]:
    """numba's settings in the environment: some, such as bounds checking, change the machine code."""
    names = (name for name in os.environ if name.startswith("NUMBA_") and name not in _IRRELEVANT)
    return sorted(f"{name}={os.environ[name]}" for name in names)


def _libraries() -> Iterator[bytes]:
    """The version files of the libraries that make the machine code, found without importing them."""
    for name in _COMPILED:
        library, file_name = name.split("/")
        spec = PathFinder.find_spec(library)
        origin = spec.origin if spec is not None else None
        if origin is not None:
            try:
                with open(os.path.join(os.path.dirname(origin), file_name), "rb") as file:
                    yield file.read()
            except OSError:
                yield origin.encode()


def _python_files(folder: str) -> Iterator[tuple[str, bytes]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.name.endswith(".py"):
            try:
                with open(entry.path, "rb", buffering=0) as file:
                    yield entry.path, file.read()
            except OSError:
                continue
        elif entry.name.isidentifier() and entry.name != "__pycache__" and entry.is_dir():
            yield from _python_files(entry.path)


def _imported(content: bytes, package: str) -> Iterator[str]:
    """Paths of the package's own modules that a source imports (absolute imports; so a test demands of kernels)."""
    root, top = os.path.split(package)
    for module, names, plain in _IMPORT.findall(content):
        words = re.findall(r"[\w.]+", names.decode())
        candidates = [module.decode()] if module else [w.split()[0] for w in plain.decode().split(",") if w.strip()]
        candidates += [f"{module.decode()}.{word}" for word in words if module]
        for candidate in candidates:
            if candidate.partition(".")[0] != top:
                continue
            base = os.path.join(root, *candidate.split("."))
            for path in (base + ".py", os.path.join(base, "__init__.py")):
                if os.path.isfile(path):
                    yield path


def _usable(parent: str, name: str) -> str | None:
    """The folder ``name`` in ``parent``, made and writable, or None; a new one sends old siblings away."""
    if not os.path.isabs(parent):
        return None
    folder = os.path.join(parent, name)
    try:
        new = not os.path.isdir(folder)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            return None
        os.utime(folder)
    except OSError:
        return None
    if new:
        remove_stale(parent, name)
    return folder


def _temporary(name: str) -> str | None:
    """A cache folder for the machine's temporary files: reused only if it is the user's own and closed to others.

    numba loads cached code without asking, so a folder that another user could have filled must not be trusted.
    """
    user = str(os.getuid()) if hasattr(os, "getuid") else ""
    try:
        parent = os.path.join(tempfile.gettempdir(), f"techsim-kernels-{user}")
        os.makedirs(parent, mode=0o700, exist_ok=True)
        state = os.lstat(parent)
        ours = not hasattr(os, "getuid") or (state.st_uid == os.getuid() and state.st_mode & 0o177077 == 0o040000)
        return (_usable(parent, name) if ours else None) or tempfile.mkdtemp(prefix="techsim-kernels-")
    except OSError:
        return None


def remove_stale(parent: str, current: str, now: float | None = None) -> list[str]:
    """Remove cache folders of other sources that nobody used lately.

    Parameters
    ----------
    parent : str
        Folder that holds the cache folders; anything in it with another kind of name is left alone.
    current : str
        Name of the one in use.
    now : float, optional
        Seconds since the epoch.

    Returns
    -------
    list of str
        The names that were removed.
    """
    now = time.time() if now is None else now
    removed = []
    try:
        found = [e for e in os.scandir(parent) if _NAME.fullmatch(e.name) and e.is_dir(follow_symlinks=False)]
        ages = sorted((now - entry.stat().st_mtime, entry.name) for entry in found if entry.name != current)
        for age, name in ages[_KEEP:]:
            if age > _OLD:
                shutil.rmtree(os.path.join(parent, name), ignore_errors=True)
                removed.append(name)
    except OSError:
        pass  # another process tidies too, or the disk is read-only: tidiness can wait
    return removed
