"""The project's own files, read once, for rules that are checked on them."""

from __future__ import annotations

import ast
import gc
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from tools import languages

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("cli", "domain", "system", "storage", "papers", "acts", "sync", "hub", "gui", "demo")
DOORS = ("main.py", "start.py", "versions.py")
NOT_OURS = {".git", ".venv", ".venv-freeze", "__pycache__", "demo-out", "build", "dist"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: its path below the project's folder, its text, and what it says."""

    name: str
    text: str
    tree: ast.Module

    @property
    def lines(self) -> list[str]:
        """Its lines; line 1 is at place 0."""
        return self.text.splitlines()

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """All nodes of its tree; many rules walk them."""
        return list(ast.walk(self.tree))

    def functions(self) -> list[Function]:
        """All functions and methods."""
        return [node for node in self.nodes if isinstance(node, Function)]

    def classes(self) -> list[ast.ClassDef]:
        """All classes."""
        return [node for node in self.nodes if isinstance(node, ast.ClassDef)]

    def strings(self) -> list[tuple[int, str]]:
        """All texts in quotes, with their line."""
        nodes = [node for node in self.nodes if isinstance(node, ast.Constant)]
        return [(node.lineno, node.value) for node in nodes if isinstance(node.value, str)]


@cache
def sources(*places: str) -> tuple[Source, ...]:
    """The Python files below these folders (or of these names), in the order of their paths."""
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += [path] if path.is_file() else path.rglob("*.py")
    read = tuple(_source(path) for path in sorted(found) if not NOT_OURS & set(path.parts))
    gc.freeze()  # three million nodes that stay: the collector would go through them each time
    return read


@cache
def _source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


def product() -> tuple[Source, ...]:
    """The Python files of the product."""
    return sources(*DOORS, *ROOMS)


@cache
def everything() -> tuple[Source, ...]:
    """The product, its tests and its benchmarks."""
    return sources(*DOORS, *ROOMS, "tests", "benchmarks")


def name_of(node: ast.AST) -> str:
    """`a.b.c` for an expression of that shape; empty for others."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = name_of(node.value)
        return f"{before}.{node.attr}" if before else node.attr
    return ""


@cache
def every_text() -> languages.Words:
    """The texts in the code that every catalogue has, with where they are."""
    return languages.marked()
