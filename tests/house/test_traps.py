"""Traps that others fell into, as rules. Each test says which and why."""

from __future__ import annotations

import ast
import importlib
import re

import pytest

from tests.house.source import NOT_OURS, ROOMS, ROOT, Source, everything, name_of, product, sources


def test_only_the_opener_says_pragma() -> None:
    """A pragma said elsewhere undoes what the opener set: durability, keys, foreign keys."""
    may = ("system/database/", "hub/store/")
    assert [
        f"{source.name}:{line}"
        for source in product()
        if not source.name.startswith(may)
        for line, text in source.strings()
        if re.search(r"\bPRAGMA\b", text)
    ] == []


def test_one_file_starts_other_programs() -> None:
    """Where the program is, and what a child needs on each system, is known in one place."""
    asks = {"sys.executable", "sys.frozen", "sys._MEIPASS", "os.system", "os.popen", "os.startfile",
            "os.fork", "QProcess", "QtCore.QProcess"}  # fmt: skip
    own = ("system/program.py", "start.py")  # start.py runs before the rest can be imported
    others = tuple(source for source in product() if source.name not in own)
    assert _imports(others, {"subprocess", "multiprocessing", "PySide6.QtCore.QProcess"}) == []
    assert [
        f"{source.name}:{node.lineno}"
        for source in others
        for node in source.nodes
        if isinstance(node, (ast.Attribute, ast.Name)) and name_of(node) in asks
    ] == []


def test_only_the_stores_hold_sql() -> None:
    """Elsewhere it blocks a window, or knows a table that only the store may know."""
    stores = ("storage/", "hub/store/", "system/database/")
    elsewhere = tuple(source for source in product() if not source.name.startswith(stores))
    said = r"\b(SELECT\b.+\bFROM|INSERT\s+(OR \w+ )?INTO|DELETE\s+FROM|UPDATE\s+\w+\s+SET)\b"
    sql = re.compile(said, re.S)
    assert [
        f"{source.name}:{line}"
        for source in elsewhere
        for line, text in source.strings()
        if sql.search(text)
    ] == []
    assert _calls(elsewhere, {"execute", "executemany", "executescript"}) == []


def test_the_domain_asks_no_clock_and_no_chance() -> None:
    """The same bytes must fold to the same state at the post and at the hub, for ever."""
    asks = {
        "now",
        "utcnow",
        "today",
        "time",
        "monotonic",
        "urandom",
        "token_bytes",
        "uuid4",
        "uuid1",
    }
    found = _calls(sources("domain"), asks)
    found += _imports(sources("domain"), {"random", "secrets", "time"})
    assert found == []


def test_no_test_sleeps() -> None:
    """A test that waits for milliseconds fails on a slow machine and wastes a fast one."""
    assert _calls(sources("tests"), {"sleep", "qWait", "qSleep", "wait_for_ms"}) == []
    waits = [name for name in _calls(sources("tests"), {"wait"}) if "qtbot" in name]
    assert waits == []


def test_an_import_inside_a_function_says_why() -> None:
    """It hides a dependency, or a circle; the few that save start time say so beside them."""
    found = []
    for source in everything():
        for function in source.functions():
            for node in ast.walk(function):
                if isinstance(node, (ast.Import, ast.ImportFrom)) and not _reason(source, node):
                    found.append(f"{source.name}:{node.lineno}")
    assert sorted(set(found)) == []


def test_there_are_no_circles() -> None:
    """Modules that import each other can only be understood, and loaded, all at once."""
    graph = {_module(source): _needs(source) for source in product()}
    path: list[str] = []
    done: set[str] = set()

    def visit(module: str) -> None:
        if module in path:
            circle = " -> ".join([*path[path.index(module) :], module])
            raise AssertionError(f"a circle: {circle}")
        if module in done:
            return
        path.append(module)
        for needed in sorted(graph.get(module, ())):
            visit(needed)
        path.pop()
        done.add(module)

    for module in graph:
        visit(module)


def test_the_hub_imports_only_what_it_may() -> None:
    """The hub is another program at another place; a post's own store is none of its business."""
    may = ("domain", "system", "papers", "hub", "sync.wire")
    assert [
        f"{source.name} imports {needed}"
        for source in sources("hub")
        for needed in sorted(_needs(source))
        if not any(needed == room or needed.startswith(room + ".") for room in may)
    ] == []


def test_no_test_mocks_our_own_code() -> None:
    """A mock agrees with whoever wrote it; the real part, on a real disk and socket, does not."""
    assert _imports(sources("tests"), {"unittest.mock", "mock", "pytest_mock"}) == []
    found = []
    for source in sources("tests"):
        ours = {
            alias.asname or alias.name
            for node in source.nodes
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for alias in node.names
            if (getattr(node, "module", None) or alias.name).split(".")[0] in ROOMS
        }
        for node in source.nodes:
            if (
                isinstance(node, ast.Call)
                and name_of(node.func).endswith("monkeypatch.setattr")
                and node.args
                and name_of(node.args[0]).split(".")[0] in ours
            ):
                found.append(f"{source.name}:{node.lineno}")
    assert found == []


def test_no_file_names_a_registry_or_a_place_of_one_machine() -> None:
    """Where packages come from is the place's own affair, and no other place has our folders."""
    words = ("pypi" + ".", "pythonhosted" + ".", ".org/" + "simple", "/work" + "/", "/root" + "/")
    kinds = {".py", ".toml", ".txt", ".md", ".json", ".html", ".css", ".js", ".svg", ".yml", ".sh"}
    assert [
        f"{path.relative_to(ROOT)}: {word}"
        for path in sorted(ROOT.rglob("*"))
        if path.suffix in kinds or path.parent.name == ".ci"
        if path.is_file() and not NOT_OURS & set(path.parts) and "_cache" not in str(path)
        for word in words
        if word in path.read_text(encoding="utf-8", errors="replace")
    ] == []


def _reason(source: Source, node: ast.Import | ast.ImportFrom) -> bool:
    """Whether a comment stands on the import's lines, or above the block of imports it is in."""
    above = node.lineno - 2
    while re.match(r"\s*((from|import) .*)?$", source.lines[above]):
        above -= 1
    said = source.lines[node.lineno - 1 : node.end_lineno]
    return any("#" in line for line in (*said, source.lines[above]))


def _calls(files: tuple[Source, ...], names: set[str]) -> list[str]:
    return [
        f"{source.name}:{node.lineno} {name_of(node.func)}"
        for source in files
        for node in source.nodes
        if isinstance(node, ast.Call) and name_of(node.func).split(".")[-1] in names
    ]


def _imports(files: tuple[Source, ...], names: set[str]) -> list[str]:
    found = []
    for source in files:
        for node in source.nodes:
            asked: list[str] = []
            if isinstance(node, ast.Import):
                asked = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                asked = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            found += [f"{source.name} imports {name}" for name in asked if name in names]
    return found


def _module(source: Source) -> str:
    return source.name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _needs(source: Source) -> set[str]:
    """Modules of ours that must be loaded for this one to load; types alone do not count."""
    known = {_module(other) for other in product()}
    needed: set[str] = set()
    for node in _loaded(source.tree.body):
        if isinstance(node, ast.Import):
            needed |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            needed |= inner & known or {node.module}
    return needed & known - {_module(source)}


def _loaded(body: list[ast.stmt]) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for node in body:
        if isinstance(node, ast.If) and name_of(node.test).endswith("TYPE_CHECKING"):
            continue
        found.append(node)
        if isinstance(node, (ast.If, ast.Try)):
            found += _loaded(node.body)
    return found


@pytest.mark.parametrize("room", ["storage/migrations", "hub/store/sqlite/migrations"])
def test_every_step_of_a_database_is_in_the_list_of_its_room_in_order(room: str) -> None:
    steps = importlib.import_module(room.replace("/", ".")).STEPS
    assert list(steps) == sorted(path.stem for path in (ROOT / room).glob("m*.py"))
