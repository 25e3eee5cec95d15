"""Set techsim up and use it, in one command that reads the same in a POSIX shell and in PowerShell.

    python3 scripts/bootstrap.py run     install, then run scenarios/baseline.yaml to its report
    python3 scripts/bootstrap.py test    install with the development tools, then run the tests

What follows the command goes to ``techsim run`` or to ``pytest``. Everything is installed into ``.venv`` of this
checkout (or the folder that TECHSIM_VENV names), with the versions of ``constraints.txt``; a second call finds it
done and starts at once. Standard library only, in a syntax that an old Python 3 reads too, to say what is wrong.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11")
"""Where to look when the Python that started this is too old, best first."""
EXTRAS = {"run": "", "test": "[dev]"}
STAMP = "techsim-installed.txt"


def environment():
    """The folder of the virtual environment."""
    return (ROOT / os.environ.get("TECHSIM_VENV", ".venv")).resolve()


def program(folder, name):
    """Path of an installed program of the virtual environment."""
    windows = os.name == "nt"
    return folder / ("Scripts" if windows else "bin") / (name + ".exe" if windows else name)


def fingerprint(extras):
    """What an installation depends on; another value means: install again."""
    digest = hashlib.sha256(repr((extras, sys.version_info[:2], str(ROOT))).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def works(folder):
    """Whether the virtual environment has a Python with pip that starts."""
    python = program(folder, "python")
    if not python.exists():
        return False
    found = subprocess.run([str(python), "-m", "pip", "--version"], capture_output=True, check=False)
    return found.returncode == 0


def install(folder, extras):
    """Make the virtual environment and install techsim; nothing to do if the stamp says so."""
    stamp = folder / STAMP
    done = stamp.read_text().split() if stamp.exists() else []
    if fingerprint(extras) in done:
        return
    print(f"techsim: installing into {folder.name} (a minute or two, this once)", file=sys.stderr, flush=True)
    if not works(folder):
        try:
            venv.create(str(folder), clear=folder.exists(), with_pip=True)
        except (subprocess.CalledProcessError, OSError) as error:
            sys.exit(
                f"techsim: cannot make a virtual environment in {folder.name}: {error}\n"
                "On Debian and Ubuntu the module for it is a package of its own: apt install python3-venv"
            )
    constraints = str(ROOT / "constraints.txt")
    settings = dict(os.environ, PIP_USER="0", PIP_CONSTRAINT=constraints, PIP_BUILD_CONSTRAINT=constraints)
    settings.pop("PYTHONPATH", None)
    options = ["--quiet", "--disable-pip-version-check"]
    if not sys.dont_write_bytecode:
        # Modules are compiled as they are imported: pip would compile all of them, most of which nobody ever imports.
        options.append("--no-compile")
    pip = [str(program(folder, "python")), "-m", "pip", "install", *options]
    code = subprocess.call([*pip, "--editable", f"{ROOT}{extras}"], env=settings, cwd=str(ROOT))
    if code:
        sys.exit(code)
    # An installation with the development tools serves the plain one too.
    stamp.write_text("\n".join(fingerprint(e) for e in {extras, ""}) + "\n")


def hand_over(command):
    """Become ``command``, so that Ctrl-C and the exit status are its own."""
    if os.name != "nt":
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(command[0], command)
    process = subprocess.Popen(command)
    while True:
        try:
            sys.exit(process.wait())
        except KeyboardInterrupt:
            continue  # the program got it as well and cleans up; wait for it


def main(arguments):
    """Install what the command needs and run it."""
    if not arguments or arguments[0] not in EXTRAS:
        sys.exit(__doc__)
    if sys.version_info[:2] < NEEDED:
        newer = next((path for path in map(shutil.which, NEWER) if path), None)
        if newer is None:
            have, need = ".".join(map(str, sys.version_info[:2])), ".".join(map(str, NEEDED))
            sys.exit(f"techsim needs Python {need} or newer; this is {have} and no newer one is on the PATH")
        hand_over([newer, str(Path(__file__).resolve()), *arguments])
    command, rest = arguments[0], arguments[1:]
    folder = environment()
    install(folder, EXTRAS[command])
    os.chdir(ROOT)
    if command == "run":
        hand_over([str(program(folder, "techsim")), "run", *(rest or ["scenarios/baseline.yaml"])])
    hand_over([str(program(folder, "python")), "-m", "pytest", *rest])


if __name__ == "__main__":
    main(sys.argv[1:])
