"""The list of planted bugs: reads `tests/nets/plants/*.toml` and checks that it is still valid.

Each file is the list of one area; its name is the area's. An entry:

    [[plant]]
    name = "file-not-flushed"
    promise = "The bytes of a file are on the disk before it gets its name."
    file = "system/files.py"
    old = '''os.fsync(file.fileno())'''        # occurs exactly once in the file
    new = '''pass'''
    tests = ["tests/nets/test_files.py::test_bytes_are_flushed_before_the_file_gets_its_name"]
    breaks = "import"     # optional: pytest cannot even collect the tests (a status that is not 1)
    hangs = true          # optional: the tests never end, which counts as failed
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("tests") / "nets" / "plants"
_NEEDED = {"name": str, "promise": str, "file": str, "old": str, "new": str, "tests": list}
_OPTIONAL = {"breaks": str, "hangs": bool}


class BadList(Exception):
    """A list of plants cannot be read; the text contains the file and the reason."""


@dataclass(frozen=True, slots=True)
class Plant:
    """One bug: in `file` (path below the project's folder) `old` becomes `new`."""

    area: str
    name: str
    promise: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    """The node ids of the tests that must then fail, without the case of a parametrised test."""
    breaks: str = ""
    hangs: bool = False

    def planted(self, text: str) -> str:
        """The content of the file with the bug in it."""
        return text.replace(self.old, self.new, 1)


def read(root: Path = ROOT) -> list[Plant]:
    """All plants of all areas, in the order of the files. Raises `BadList`."""
    return [plant for path in sorted((root / FOLDER).glob("*.toml")) for plant in _read_one(path)]


def _read_one(path: Path) -> Iterator[Plant]:
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadList(f"{path.name}: {error}") from error
    if unknown := set(document) - {"plant"}:
        raise BadList(f"{path.name}: unknown {sorted(unknown)}; entries begin with [[plant]]")
    for index, entry in enumerate(document.get("plant", []), start=1):
        _expect(entry, f"{path.name}: plant {index} {entry.get('name', '')!r}")
        yield Plant(area=path.stem, **{**entry, "tests": tuple(entry["tests"])})


def _expect(entry: dict[str, Any], where: str) -> None:
    if missing := set(_NEEDED) - set(entry):
        raise BadList(f"{where}: {sorted(missing)} missing")
    for key, value in entry.items():
        wanted = {**_NEEDED, **_OPTIONAL}.get(key)
        if wanted is None:
            raise BadList(f"{where}: unknown {key!r}")
        if not isinstance(value, wanted):
            raise BadList(f"{where}: {key} must be {wanted.__name__}")


def faults(plants: list[Plant], root: Path = ROOT) -> list[str]:
    """What is wrong with each plant in the present code; [] when every one can be planted."""
    counts = Counter(plant.name for plant in plants)
    found = [f"{name}: the name is there {n} times" for name, n in counts.items() if n > 1]
    for plant in plants:
        found += [f"{plant.area}/{plant.name}: {fault}" for fault in _faults_of(plant, root)]
    return found


def _faults_of(plant: Plant, root: Path) -> Iterator[str]:
    if not re.fullmatch(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*", plant.name):
        yield "the name must be letters, digits and single hyphens"
    if not plant.promise.strip():
        yield "no promise"
    if plant.breaks not in ("", "import"):
        yield f"breaks must be 'import', not {plant.breaks!r}"
    if not plant.tests:
        yield "no tests"
    yield from (f"there is no test {test}" for test in plant.tests if not _is_there(root, test))
    yield from _faults_of_text(plant, root)


def _faults_of_text(plant: Plant, root: Path) -> Iterator[str]:
    path = root / plant.file
    if not path.is_file():
        yield f"there is no file {plant.file}"
        return
    text = path.read_text(encoding="utf-8")
    times = text.count(plant.old) if plant.old else 0
    if times != 1:
        yield f"the old text occurs {times} times in {plant.file}, not once"
    elif plant.old == plant.new:
        yield "the new text is the old one"
    elif not plant.breaks and (error := _syntax(path.suffix, plant.planted(text))):
        yield f"{plant.file} cannot be read once planted: {error}"


def _syntax(suffix: str, text: str) -> str:
    try:
        if suffix == ".py":
            ast.parse(text)
        elif suffix == ".json":
            json.loads(text)
    except (SyntaxError, ValueError) as error:
        return str(error)
    return ""


def _is_there(root: Path, test: str) -> bool:
    """Whether `tests/x.py::test_y` is defined; a name with a case in brackets does not count,
    because cases change.
    """
    file, _, name = test.partition("::")
    return name.replace("::", ".") in _tests_in(root / file)


@cache
def _tests_in(path: Path) -> frozenset[str]:
    if not path.is_file() or path.suffix != ".py":
        return frozenset()
    return frozenset(_names(ast.parse(path.read_text(encoding="utf-8")), ""))


def _names(node: ast.Module | ast.ClassDef, before: str) -> Iterator[str]:
    for part in node.body:
        if isinstance(part, ast.ClassDef):
            yield from _names(part, f"{before}{part.name}.")
        elif isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield before + part.name
