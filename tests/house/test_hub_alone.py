"""A hub runs with the packages of requirements/hub.txt: no Qt, no PDF, no HTTP client."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import metadata

from tests.house.source import ROOMS, ROOT, Source, sources
from tools.environment import LOCKS
from tools.installed import locked

BLOCKED = """
import importlib, pkgutil, sys
absent = set(sys.argv.pop(1).split(","))
central = set(sys.argv.pop(1).split(","))
class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent:
            raise ModuleNotFoundError(f"{name} is not in the lock of the hub", name=name)
sys.meta_path.insert(0, Blocked())
import cli.hub, hub, main
for room in (hub, cli.hub):
    for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
        if module.name not in central:
            importlib.import_module(module.name)
sys.exit(main.main(sys.argv[1:]))
"""
OURS = {*ROOMS, "main", "versions"}
POSTGRES = ("database", "errors", "listening", "pool", "restoring", "rows", "schema")
CENTRAL = {"hub.store.objects.bucket", *(f"hub.store.postgres.{name}" for name in POSTGRES)}
"""Modules that are loaded for an address of theirs alone: their packages are in the extra."""


def modules_of_the_lock(lock: str = "hub") -> set[str]:
    """The top-level names that the packages of a lock bring."""
    names = {name for name, _ in locked(LOCKS[lock].read_text("utf-8"))}
    return {
        module
        for module, packages in metadata.packages_distributions().items()
        if names & {package.lower().replace("_", "-").replace(".", "-") for package in packages}
    }


def imports(source: Source) -> set[str]:
    """What a file imports, at its top and inside its functions."""
    found: set[str] = set()
    for node in source.nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def test_the_hub_and_all_that_it_imports_need_nothing_but_its_lock() -> None:
    """Imports inside functions count: they would fail in the middle of somebody's request."""
    known = {
        source.name.removesuffix(".py").removesuffix("/__init__").replace("/", "."): source
        for source in sources(*ROOMS)
    }
    seen: set[str] = set()
    foreign: set[str] = set()
    waiting = {name for name in known if f"{name}.".startswith(("hub.", "cli.hub."))}
    waiting -= CENTRAL
    waiting |= {"system.decoder", "system.fault_log"}  # run as a child; called by main.py
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for needed in imports(known[name]):
            top = needed.partition(".")[0]
            if top in OURS:
                waiting |= {needed} & set(known) - seen
            else:
                foreign.add(top)
    assert foreign - set(sys.stdlib_module_names) - modules_of_the_lock() == set()
    central = {part.partition(".")[0] for name in CENTRAL for part in imports(known[name])} - OURS
    assert central - set(sys.stdlib_module_names) - modules_of_the_lock("central") == set()


def test_the_hubs_commands_run_where_nothing_else_is_installed() -> None:
    absent = {*metadata.packages_distributions()} - modules_of_the_lock()
    assert {"PySide6", "httpx2", "reportlab"} <= absent
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, ",".join(absent), ",".join(CENTRAL), "hub", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "serve" in done.stdout
