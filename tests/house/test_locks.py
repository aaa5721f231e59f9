"""The locks name everything, with hashes and without addresses, and start.py can read them."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest

from tests.house.copies import PARTS
from tests.house.source import ROOT
from tools.environment import LARGER, LOCKS, why_pip_failed
from tools.installed import LINE, applies, locked
from tools.system_packages import package_of


@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libX11.so.6", "libx11-6"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
        ("libEGL.so.1", "libegl1"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
        ("libglib-2.0.so.0", "libglib2.0-0"),
    ],
)
def test_a_missing_library_is_named_by_its_package(library: str, package: str) -> None:
    assert package_of(library) == package


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("WARNING: Retrying ... NewConnectionError('<pip ...>')\nERROR: No matching", "no network"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE",
            "not the one",
        ),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: something new\nmore", "something new"),
    ],
)
def test_pips_many_words_become_one_line(output: str, words: str) -> None:
    assert words in why_pip_failed(output.splitlines())
    assert "\n" not in why_pip_failed(output.splitlines())


def test_it_asks_nothing_of_the_place_but_python() -> None:
    """It runs before anything is installed, so it imports the standard library and itself alone."""
    for part in PARTS:
        text = (ROOT / part).read_text(encoding="utf-8")
        named = set(re.findall(r"^\s*(?:from|import) (\w+)", text, re.M))
        assert named <= {*sys.stdlib_module_names, "tools"}, part
    files = {f"tools/{name}.py" for name in re.findall(r"from tools\.(\w+)", "".join(
        (ROOT / part).read_text(encoding="utf-8") for part in PARTS))}  # fmt: skip
    assert files <= set(PARTS)


@pytest.mark.parametrize("name", list(LOCKS))
def test_every_line_of_the_locks_is_understood(name: str) -> None:
    text = LOCKS[name].read_text(encoding="utf-8")
    assert len(LINE.findall(text)) == len(re.findall(r"^\S+==", text, re.M)) > 25
    for _, _, marker in LINE.findall(text):
        applies(marker)
    assert len(locked(text)) > 25


def test_markers_decide_what_belongs_here() -> None:
    assert applies("")
    assert applies(f"sys_platform == '{sys.platform}' and python_full_version >= '3.11'")
    assert not applies("python_full_version < '3.9' or sys_platform == 'emscripten'")
    assert applies("python_version < '3.100'")
    with pytest.raises(ValueError, match="not understood"):
        applies("extra == 'colour'")


@pytest.mark.parametrize("name", list(LOCKS))
def test_every_locked_package_has_its_hashes_and_no_address(name: str) -> None:
    text = LOCKS[name].read_text(encoding="utf-8")
    packages = re.findall(
        r"^([a-z0-9-]+)==[^ ]+.*(\n    --hash=sha256:[0-9a-f]{64}.*)?", text, re.M
    )

    assert len(packages) > 25
    assert [package for package, hashed in packages if not hashed] == []
    assert "://" not in text


def test_a_larger_lock_holds_all_of_the_smaller_in_the_same_versions() -> None:
    hub, central, run, dev, freeze, camera = (
        set(re.findall(r"^([a-z0-9-]+==[^ ;\\]+)", LOCKS[name].read_text("utf-8"), re.M))
        for name in ("hub", "central", "run", "dev", "freeze", "camera")
    )
    assert hub < run < dev
    assert hub < central < dev
    assert run < freeze
    assert {line.partition("==")[0] for line in camera - run} == {"pyside6-addons"}
    assert run < camera
    assert LARGER == {"hub": ("central", "run", "dev"), "central": ("dev",), "run": ("dev",)}


def test_the_lock_knows_every_package_that_the_project_names() -> None:
    """Who adds a dependency makes the locks again (CONTRIBUTING.md says how)."""
    file = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, groups = file["project"], file["dependency-groups"]
    named = {
        "hub": project["dependencies"],
        "run": project["dependencies"] + project["optional-dependencies"]["desk"],
        "central": project["optional-dependencies"]["central"],
        "dev": groups["dev"],
        "freeze": groups["freeze"],
        "camera": project["optional-dependencies"]["camera"],
    }
    for lock, asked in named.items():
        names = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in asked}
        locked = set(re.findall(r"^([a-z0-9-]+)==", LOCKS[lock].read_text("utf-8"), re.M))
        assert names <= locked
