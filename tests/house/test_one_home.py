"""One concept, one home: what had two to five homes once has one, and a second is named here."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from tests.house.source import ROOMS, Source, everything, product, sources

HOMES = {
    "acts/deed.py": "perform",
    "acts/session.py": "Session",
    "domain/badge.py": "is_badge",
    "domain/fault.py": "FaultKind",
    "domain/fields.py": "FIELDS",
    "domain/figures.py": "figure",
    "domain/fold.py": "Case",
    "domain/numbers/check_digit.py": "CheckRule",
    "domain/statement.py": "Acknowledgement",
    "domain/languages.py": "own_name",
    "domain/plural.py": "category_of",
    "domain/totals.py": "by_unit",
    "domain/words.py": "filled",
    "gui/session.py": "DeskSession",
    "hub/store/port.py": "Database",
    "storage/settings.py": "Setting",
    "sync/carrier.py": "Carrier",
    "sync/pace.py": "Pace",
    "sync/plan.py": "next_step",
    "system/folders.py": "default_home",
    "system/pdfium.py": "open_pdf",
    "system/program.py": "run_child",
    "system/resources.py": "RESOURCES",
}
"""The file that owns each concept, and the name under which others ask for it."""

LIBRARIES = {
    "bidi": ("papers/typeset/text.py",),
    "filelock": ("hub/store/claims.py", "system/lock.py"),
    "gettext": ("system/resources.py",),
    "keyring": ("storage/key_store.py",),
    "openpyxl": ("system/workbook.py",),
    "platformdirs": ("system/folders.py",),
    "pypdfium2": ("system/pdfium.py", "versions.py"),
    "pyrage": ("sync/wire/age.py",),
    "stdnum": ("domain/numbers/check_digit.py",),
    "subprocess": ("system/program.py",),
    "truststore": ("sync/http/trust.py",),
    "uharfbuzz": ("papers/typeset/shaping.py", "versions.py"),
    "zstandard": ("sync/wire/batch.py", "versions.py"),
}
"""Libraries that one file stands before, so that one file changes when the library does."""

LATE_LIMIT = 30


@pytest.mark.parametrize("home", sorted(HOMES))
def test_a_concept_is_defined_in_its_home_and_nowhere_else(home: str) -> None:
    name = HOMES[home]
    assert [source.name for source in product() if name in _defined(source)] == [home]


@pytest.mark.parametrize("library", sorted(LIBRARIES))
def test_a_library_is_known_to_the_one_file_that_stands_before_it(library: str) -> None:
    users = {source.name for source in product() if library in _imported(source)}
    assert users == set(LIBRARIES[library])


def test_only_its_adapter_knows_the_library_for_cameras() -> None:
    """It is an extra: whoever else imported it would not start without it."""
    users = [
        source.name
        for source in product()
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6.QtMulti")
    ]
    assert users == ["gui/photos/qt_cameras.py"]
    adapter = "gui.photos.qt_cameras"
    direct = [
        source.name
        for source in product()
        for node in source.nodes
        if isinstance(node, ast.ImportFrom) and node.module == adapter
    ]
    assert direct == []


def test_no_two_classes_have_one_name() -> None:
    """A reader who meets `Page` in five rooms has to ask which of the five it is."""
    names = Counter(
        node.name for source in product() for node in source.classes() if node.name[0] != "_"
    )
    assert sorted(name for name, count in names.items() if count > 1) == []


def test_imports_inside_functions_are_few() -> None:
    late = [
        f"{source.name}:{node.lineno}"
        for source in everything()
        if not source.name.startswith("tests/")
        for function in source.functions()
        for node in ast.walk(function)
        if isinstance(node, (ast.Import, ast.ImportFrom))
    ]
    assert len(set(late)) <= LATE_LIMIT, sorted(set(late))


def test_every_room_says_what_it_is() -> None:
    """A stranger reads the folders' own first lines."""
    bare = [
        source.name
        for source in sources(*ROOMS)
        if source.name.endswith("__init__.py") and not ast.get_docstring(source.tree)
    ]
    assert bare == []


def _defined(source: Source) -> set[str]:
    """The names that a file defines at its top: functions, classes and values."""
    names: set[str] = set()
    for node in source.tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def _imported(source: Source) -> set[str]:
    """The packages that a file imports, by the first part of their name."""
    names: set[str] = set()
    for node in source.nodes:
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names
