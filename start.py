"""Makes the place ready and starts Tidewaiter, with nothing but Python itself.

    python3 start.py demo [...]     the demonstration (without a screen: into ./demo-out)
    python3 start.py test [...]     every check of the project; more words go to pytest
    python3 start.py run [...]      main.py with these words

The first time it makes `.venv` and installs the locked packages into it; later only when the lock
changed. pip keeps its own settings. On Linux it names the system libraries that are missing, and
installs them itself when it may (root on Debian and its kin).
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "installed-from"
INSTALL_LOG = VENV / "install.log"
LOCKS = {"run": ROOT / "requirements/run.txt", "dev": ROOT / "requirements/dev.txt"}
OLDEST = (3, 11)

CHECKS = (
    ("ruff check", ("ruff", "check", ".")),
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("mypy", ("mypy",)),
    ("lint-imports", ("importlinter.cli",)),
    ("pytest", ("pytest",)),
)

GLIB = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0"}
"""The libraries whose Debian package is not named by the rule (Debian Policy 8.1)."""


class CannotStart(Exception):
    """One line for the person who called."""


def say(text: str) -> None:
    """One line of progress, on standard error."""
    print(f"start: {text}", file=sys.stderr, flush=True)


def main(words: Sequence[str]) -> int:
    """Exit status of what was asked for; 3 when the place cannot be made ready."""
    if not words or words[0] not in ("demo", "test", "run"):
        print(__doc__.strip(), file=sys.stderr)
        return 0 if words and words[0] in ("-h", "--help") else 2
    if sys.version_info < OLDEST:
        say(f"needs Python 3.11 or newer, this is {sys.version.split()[0]} ({sys.executable})")
        return 3
    verb, rest = words[0], list(words[1:])
    try:
        headless = verb == "test" or "--headless" in rest or not has_screen()
        prepare("dev" if verb == "test" else "run", screen=not headless)
        if verb == "test":
            return check(rest)
        if verb == "run":
            return call("main.py", *rest)
        return demo(rest)
    except CannotStart as error:
        say(str(error))
        return 3
    except KeyboardInterrupt:
        return 130


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def demo(rest: list[str]) -> int:
    """The demonstration; without a screen the one that leaves files."""
    asked_for_help = "-h" in rest or "--help" in rest
    if "--headless" not in rest and not has_screen() and not asked_for_help:
        say("no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): the demo without one")
        rest = ["--headless", *rest]
    if "--headless" in rest and not asked_for_help:
        if not any(word.partition("=")[0] == "--out" for word in rest):
            rest += ["--out", str(ROOT / "demo-out")]
        if may_install() and not shutil.which("chromium"):
            apt_install(["chromium"], "the pictures of the hub's pages")
    return call("main.py", "demo", *rest)


def check(rest: list[str]) -> int:
    """Every check, each with its result; the status of the first one that failed."""
    results = []
    for name, words in CHECKS:
        say(f"{name} ...")
        begun = time.monotonic()
        status = run_tool(words, rest if name == "pytest" else ())
        results.append((name, status, time.monotonic() - begun))
    for name, status, seconds in results:
        verdict = "passed" if status == 0 else f"failed with status {status}"
        say(f"{name:13} {verdict} ({seconds:.0f} s)")
    return next((status for _, status, _ in results if status), 0)


def run_tool(words: Sequence[str], rest: Sequence[str]) -> int:
    """Exit status of one of the checking tools."""
    if words[0] == "importlinter.cli":  # it has no `python -m` form
        code = "import sys; from importlinter.cli import lint_imports_command as c; sys.exit(c())"
        return call("-c", code)
    return call("-m", *words, *rest, environment={"QT_QPA_PLATFORM": "offscreen"})


def call(*words: str, environment: dict[str, str] | None = None) -> int:
    """Exit status of the environment's Python with these words, in the project's folder."""
    child = subprocess.Popen([str(PYTHON), *words], cwd=ROOT, env=os.environ | (environment or {}))
    while True:
        try:
            status = child.wait()
            return status if status >= 0 else 128 - status
        except KeyboardInterrupt:
            continue  # the child was told as well; it ends in its own way


def prepare(lock: str, *, screen: bool) -> None:
    """Environment, packages and system libraries as they should be."""
    with alone():
        if not satisfied(lock):
            make_environment()
            install(lock)
    if sys.platform.startswith("linux"):
        missing = missing_libraries(screen=screen)
        if missing:
            mend_libraries(missing)


@contextmanager
def alone() -> Iterator[None]:
    """One set-up at a time; a lock that ends with the process that holds it."""
    with (ROOT / ".start-lock").open("a+b") as file:
        told = False
        while not _take(file.fileno()):
            if not told:
                say("another set-up is at work here; waiting for it")
                told = True
            time.sleep(0.5)
        yield


def _take(number: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt  # only there on Windows

            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # only there on the others

            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def stamp_of(lock: str) -> str:
    """What the stamp file says when exactly this lock is installed for this Python."""
    digest = hashlib.sha256(LOCKS[lock].read_bytes()).hexdigest()
    return f"{lock} {digest} {sys.version_info.major}.{sys.version_info.minor} {VENV}\n"


def satisfied(lock: str) -> bool:
    """Whether the environment holds what the lock names; the larger lock serves for the smaller."""
    if not PYTHON.exists() or not STAMP.exists():
        return False
    return STAMP.read_text(encoding="utf-8") in (stamp_of(lock), stamp_of("dev"))


def make_environment() -> None:
    """A working `.venv` of this Python."""
    if PYTHON.exists():
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        asked = [str(PYTHON), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        if answer.returncode == 0 and answer.stdout.strip() == version:
            return
    say("making .venv")
    words = [sys.executable, "-m", "venv", "--clear"]
    if not has_module("ensurepip"):  # Debian keeps it apart, in python3-venv
        words.append("--without-pip")
    if not has_module("venv"):
        get_venv_module()
    done = subprocess.run([*words, str(VENV)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotStart(f".venv could not be made: {last_line(done.stdout + done.stderr)}")


def has_module(name: str) -> bool:
    """Whether this Python has that module."""
    return importlib.util.find_spec(name) is not None


def get_venv_module() -> None:
    """Python's venv module, from Debian. Raises `CannotStart` when it cannot be had."""
    if not may_install():
        raise CannotStart(
            "this Python has no venv module; as root: apt-get install --yes python3-venv"
        )
    apt_install(["python3-venv"], "Python's venv module")


def pip_words() -> list[str]:
    """How to call pip for the environment: its own, else the system's pip at work on it."""
    if subprocess.run(
        [str(PYTHON), "-c", "import pip"], capture_output=True, check=False
    ).returncode:
        if not has_module("pip"):
            raise CannotStart("no pip here; as root: apt-get install --yes python3-venv")
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return [str(PYTHON), "-m", "pip"]


def install(lock: str) -> None:
    """The locked packages, each checked against its hash."""
    say(f"installing the packages of requirements/{LOCKS[lock].name} (once, about 300 MB)")
    STAMP.unlink(missing_ok=True)
    words = [*pip_words(), "install", "--disable-pip-version-check", "--progress-bar", "off"]
    words += ["--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCKS[lock])]
    lines: list[str] = []
    with INSTALL_LOG.open("w", encoding="utf-8") as log:
        pip = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               text=True, encoding="utf-8", errors="replace")  # fmt: skip
        for line in pip.stdout or ():
            log.write(line)
            lines.append(line.rstrip())
            if line.startswith(("Collecting", "Installing collected")):
                print(f"  {line.split(' (')[0].strip()[:70]}", file=sys.stderr, flush=True)
        pip.wait()
    if pip.returncode:
        raise CannotStart(why_pip_failed("\n".join(lines)))
    STAMP.write_text(stamp_of(lock), encoding="utf-8")


def why_pip_failed(output: str) -> str:
    """One line out of pip's many; the whole is in the log."""
    rest = f"All of pip's words are in {INSTALL_LOG}."
    no_network = (
        r"NewConnectionError|ConnectTimeout|name resolution|Network is unreachable|getaddrinfo"
    )
    if re.search(no_network, output):
        return f"the packages could not be fetched: no network, or it does not reach them. {rest}"
    if "DO NOT MATCH THE HASHES" in output:
        return f"a package is not the one that the lock names; nothing was installed. {rest}"
    if "No space left" in output:
        return f"the disk is full. {rest}"
    errors = [line for line in output.splitlines() if line.startswith("ERROR")]
    return f"pip could not install the packages: {(errors or [last_line(output)])[0]} {rest}"


def missing_libraries(*, screen: bool) -> list[str]:
    """System libraries that the desk's windows ask for and that are not here.

    Without a screen Qt needs fewer of them: those of its X11 platform are left out.
    """
    found = next(VENV.glob("lib*/python*/site-packages/PySide6"), None)
    if found is None or not shutil.which("ldd"):
        return []
    asked = [*found.glob("QtWidgets*.so"), *found.glob("QtNetwork*.so")]
    asked += found.glob("Qt/plugins/platforms/libqoffscreen.so")
    asked += found.glob("Qt/plugins/platforms/libqxcb.so") if screen else ()
    missing: dict[str, None] = {}
    for library in asked:
        answer = subprocess.run(["ldd", library], capture_output=True, text=True, check=False)
        missing.update(dict.fromkeys(re.findall(r"(\S+) => not found", answer.stdout)))
    return [name for name in missing if not name.startswith("libQt6")]


def mend_libraries(missing: list[str]) -> None:
    """The packages that hold `missing` are installed, or named with the command that does it."""
    packages = sorted({package_of(name) for name in missing})
    if may_install():
        apt_install(packages, "the libraries of the desk's windows")
        return
    say(f"missing on this system: {' '.join(missing)}")
    say("as root: apt-get install --yes --no-install-recommends " + " ".join(packages))
    say("(Debian's names) going on; the desk's windows and their pictures wait for them")


def package_of(library: str) -> str:
    """Debian's name for the package that holds a library (`libX11.so.6` is in `libx11-6`)."""
    name, _, version = library.lower().partition(".so.")
    return GLIB.get(library, f"{name}{'-' if name[-1].isdigit() else ''}{version}")


def may_install() -> bool:
    """Whether this process may install Debian packages."""
    return os.name == "posix" and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(packages: Sequence[str], purpose: str) -> None:
    """Debian's packages, without a question. What fails is said; the caller goes on."""
    say(f"installing {' '.join(packages)} ({purpose})")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-q", *words], capture_output=True, text=True,
                              env=quiet, check=False)  # fmt: skip
        if done.returncode and words[0] == "install":
            say(f"apt-get could not install them: {last_line(done.stderr)}")


def last_line(text: str) -> str:
    """The last line that says something."""
    return next((line for line in reversed(text.splitlines()) if line.strip()), "no reason given")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
