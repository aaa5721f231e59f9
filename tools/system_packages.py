"""System packages that start.py needs: finds and lists missing ones, and installs them if
allowed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tools.starting import clean_environment, last_line, say

LEAVE_OUT = "--no-system-packages"
GLIB = {"libglib-2.0.so.0": "libglib2.0-0", "libgthread-2.0.so.0": "libglib2.0-0"}
"""The libraries whose Debian package does not follow the naming rule (Debian Policy 8.1)."""


def missing_libraries(venv: Path, *, screen: bool) -> list[str]:
    """Missing system libraries that the desk's windows need.

    Without a screen, the libraries of Qt's X11 platform are not needed.
    """
    found = next(venv.glob("lib*/python*/site-packages/PySide6"), None)
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


def mend_libraries(missing: Sequence[str], *, install: bool) -> None:
    """Install the packages with the `missing` libraries, or print the command that installs
    them.
    """
    packages = sorted({package_of(name) for name in missing})
    if install:
        apt_install(packages, "the libraries of the desk's windows")
        return
    say(f"missing on this system: {' '.join(missing)}")
    say("as root: apt-get install --yes --no-install-recommends " + " ".join(packages))
    say("(Debian's names) going on; the desk's windows and their pictures wait for them")


def package_of(library: str) -> str:
    """Debian's name for the package with a library (`libX11.so.6` is in `libx11-6`)."""
    name, _, version = library.lower().partition(".so.")
    return GLIB.get(library, f"{name}{'-' if name[-1].isdigit() else ''}{version}")


def may_install() -> bool:
    """Whether this process may install Debian packages."""
    return os.name == "posix" and os.geteuid() == 0 and bool(shutil.which("apt-get"))


def apt_install(packages: Sequence[str], purpose: str) -> None:
    """Install Debian packages without a question. A failure is printed; the caller continues."""
    say(f"as root, by apt-get: installing {' '.join(packages)} ({purpose}; "
        f"{LEAVE_OUT} leaves them out)")  # fmt: skip
    quiet = clean_environment(DEBIAN_FRONTEND="noninteractive", NEEDRESTART_MODE="a")
    keep = ["-o", "Dpkg::Options::=--force-confold", "-o", "DPkg::Lock::Timeout=60"]
    for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages]):
        done = subprocess.run(["apt-get", "-q", *keep, *arguments], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, env=quiet, check=False)  # fmt: skip
        if done.returncode and arguments[0] == "install":
            say(f"apt-get could not install them: {last_line(done.stderr)}")
