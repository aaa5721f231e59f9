"""The environment `.venv`: start.py makes it, checks it before use, and replaces it when needed.

After a change of the lock file, start.py makes `.venv-new`; it replaces `.venv` only when all
packages of the lock file are in it. Every account can use a ready environment; a process that
changes one takes a file lock.
"""

from __future__ import annotations

import getpass
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.starting import ROOT, CannotStart, clean_environment, last_line, say
from tools.system_packages import apt_install, may_install

VENV, NEW, OLD = ROOT / ".venv", ROOT / ".venv-new", ROOT / ".venv-old"
LOCKS = {
    name: ROOT / f"requirements/{name}.txt"
    for name in ("hub", "central", "run", "dev", "freeze", "camera")
}
SIZES = {
    "hub": "about 120 MB on disk, 45 MB to fetch",
    "central": "about 165 MB on disk, 65 MB to fetch",
    "run": "about 400 MB on disk, 115 MB to fetch",
    "dev": "500 MB on disk, 150 MB to fetch",
    "freeze": "400 MB on disk, 120 MB to fetch",
}
LARGER = {"hub": ("central", "run", "dev"), "central": ("dev",), "run": ("dev",)}
"""For each lock file, the larger lock files that contain all its packages in the same versions."""


def python_of(venv: Path) -> Path:
    """The path of an environment's Python."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def ready(lock: str, *, install_system: bool) -> None:
    """Make sure that `.venv` has the packages of the lock file. Raises `CannotStart`."""
    if not wanting(lock):
        return
    with alone(wanting(lock)):
        why = wanting(lock)
        if why:
            renew(lock, why, install_system=install_system)


def wanting(lock: str, venv: Path = VENV) -> str:
    """Why the environment cannot be used; empty when it can. A larger lock file is enough too."""
    try:
        if not python_of(venv).exists():
            return "the packages are not installed yet"
        head, *names = (venv / "installed-from").read_bytes().decode().splitlines()
        if head not in map(stamp_of, (lock, *LARGER.get(lock, ()))) or not names:
            return "the packages are not those that the project names now"
        lost = set(names[1:]) - {path.name for path in (venv / names[0]).iterdir()}
    except PermissionError:
        return "the packages are not readable for this account"
    except (OSError, ValueError):
        return "the packages were not installed to the end"
    return f"the packages have lost {min(lost)}" if lost else ""


def stamp_of(lock: str) -> str:
    """The first line of the stamp file for this lock file and this Python."""
    digest = hashlib.sha256(LOCKS[lock].read_bytes()).hexdigest()
    return f"{lock} {digest} {sys.version_info.major}.{sys.version_info.minor} {VENV}"


@contextmanager
def alone(why: str) -> Iterator[None]:
    """Hold a file lock, so that only one set-up runs at a time; it ends with the process.

    Raises `CannotStart` when this account may not write here; `why` says what must change.
    """
    try:
        file = (ROOT / ".start-lock").open("a+b")
    except OSError as error:
        raise CannotStart(
            f"{why}, and {_account()} may not write in {ROOT} ({error.strerror}): let "
            f"{_owner(ROOT)} call start.py once, then every account can use it"
        ) from error
    with file:
        announced = False
        while not _take(file.fileno()):
            if not announced:
                say("another set-up is at work here; waiting for it")
                announced = True
            time.sleep(0.5)
        yield


def _take(number: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # exists only on Windows

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # exists only on other systems

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _account() -> str:
    try:
        return f"the account {getpass.getuser()}"
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return "this account"


def _owner(path: Path) -> str:
    try:
        return f"its owner ({path.owner()})"
    except (OSError, KeyError, NotImplementedError):
        return "its owner"


def renew(lock: str, why: str, *, install_system: bool) -> None:
    """Install the lock file and check the result, in a new environment unless the old one only
    lacks packages. Raises `CannotStart`; then the old environment still exists.
    """
    try:
        smaller = [name for name, larger in LARGER.items() if lock in larger]
        if any(not wanting(name) for name in smaller if LOCKS[name].exists()):
            install(VENV, lock)  # the same versions and more packages: nothing is replaced
            return
        if wanting(lock, NEW):
            say(f"{why}: making a new .venv")
            _remove(OLD)
            _remove(NEW)
            make_environment(NEW, install_system=install_system)
            install(NEW, lock)
        _swap()
    except OSError as error:
        raise CannotStart(
            f".venv could not be renewed: {error}. Close Tidewaiter if it runs from there; else "
            "delete .venv-new and .venv-old, which may belong to another account"
        ) from error


def _swap() -> None:
    """Replace the old environment by the new one, and correct the paths in it."""
    for file in python_of(NEW).parent.iterdir():
        text = b"" if file.is_symlink() or not file.is_file() else file.read_bytes()
        if text.startswith(b"#") and os.fsencode(NEW) in text:  # scripts name their Python
            file.write_bytes(text.replace(os.fsencode(NEW), os.fsencode(VENV)))
    _remove(OLD)
    if os.path.lexists(VENV):
        VENV.rename(OLD)
    NEW.rename(VENV)
    _remove(OLD)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def make_environment(venv: Path, *, install_system: bool) -> None:
    """Make an environment of this Python, with pip in it only when this Python has no pip."""
    command = [sys.executable, "-I", "-m", "venv"]
    if _has_pip(sys.executable):
        command.append("--without-pip")
    elif not _has_module("ensurepip"):  # Debian has it in a separate package, python3-venv
        raise CannotStart("no pip here; as root: apt-get install --yes python3-venv")
    if not _has_module("venv"):
        if not install_system or not may_install():
            raise CannotStart(
                "this Python has no venv module; as root: apt-get install --yes python3-venv"
            )
        apt_install(["python3-venv"], "Python's venv module")
    done = _run([*command, str(venv)])
    if done.returncode:
        raise CannotStart(f".venv could not be made: {last_line(done.stdout + done.stderr)}")


def _has_module(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _has_pip(python: str) -> bool:
    return _run([python, "-I", "-c", "import pip"]).returncode == 0


def _pip(venv: Path) -> list[str]:
    """The command for pip: the environment's own pip, else this Python's pip."""
    python = str(python_of(venv))
    if _has_pip(python):
        return [python, "-I", "-m", "pip"]
    return [sys.executable, "-I", "-m", "pip", "--python", python]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a child process without input; its output is captured."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          errors="replace", env=clean_environment(), check=False)  # fmt: skip


def install(venv: Path, lock: str) -> None:
    """Install the locked packages with checked hashes, check the result, then write the stamp
    file.

    Raises `CannotStart` when pip fails, or when packages of the lock file are missing afterwards.
    """
    say(f"installing the packages of requirements/{LOCKS[lock].name} (once, {SIZES[lock]})")
    log_file = venv / "install.log"
    command = [*_pip(venv), "install", "--disable-pip-version-check", "--progress-bar", "off"]
    command += [
        "--no-input",
        "--target=",
        "--no-user",
    ]  # into the environment, even when pip.conf says otherwise
    command += ["--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCKS[lock])]
    lines: list[str] = []
    with log_file.open("w", encoding="utf-8") as log:
        pip = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, env=clean_environment(),
                               text=True, encoding="utf-8", errors="replace")  # fmt: skip
        for line in pip.stdout or ():
            log.write(line)
            lines.append(line.rstrip())
            if line.startswith(("Collecting", "Installing collected")):
                print(f"  {line.split(' (')[0].strip()[:70]}", file=sys.stderr, flush=True)
        pip.wait()
    if pip.returncode:
        raise CannotStart(f"{why_pip_failed(lines)}. All of pip's words are in {log_file}")
    looked = _run([str(python_of(venv)), "-I", str(ROOT / "tools/installed.py"), str(LOCKS[lock])])
    if looked.returncode:
        lost = looked.stderr.splitlines() or ["no reason given"]
        more = f" (and {len(lost) - 1} more)" if len(lost) > 1 else ""
        raise CannotStart(
            f"pip ended well, but {lost[0]}{more}; if its settings (pip config list) send packages "
            f"elsewhere, take them out. All of pip's words are in {log_file}"
        )
    stamp = f"{stamp_of(lock)}\n{looked.stdout}"
    (venv / "installed-from").write_text(stamp, encoding="utf-8")


def why_pip_failed(lines: list[str]) -> str:
    """The main reason in pip's output, as one sentence."""
    output = "\n".join(lines)
    for signs, sentence in PIP_FAULTS:
        found = re.search(signs, output)
        if found:
            return sentence.format(*found.groups())
    errors = [line for line in lines if line.startswith("ERROR")]
    return f"pip could not install the packages: {(errors or [last_line(output)])[0].rstrip('.')}"


PIP_FAULTS = (
    ("No space left", "the disk is full"),
    ("DO NOT MATCH THE HASHES", "a package is not the one that the lock names; none was installed"),
    (
        "(?i)CERTIFICATE_VERIFY_FAILED|certificate verify failed|problem confirming the ssl cert",
        "the certificate of the package index is not trusted here: name the authority that vouches "
        "for it with PIP_CERT=FILE or `pip config set global.cert FILE`",
    ),
    (
        "NewConnectionError|ConnectTimeout|ProxyError|name resolution|Network is unreachable"
        "|getaddrinfo",
        "the packages could not be fetched: no network, or it does not reach them",
    ),
    (
        r"No matching distribution found for (\S+)",
        "the package index or folder that pip is set to use has no {}: add it there, name another "
        "with `pip config set global.index-url`, or look whether it can be reached",
    ),
)
"""Patterns in pip's output, each with its meaning; the first match is used."""
