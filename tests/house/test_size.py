"""Small files, small functions, small classes: what grew elsewhere, grew unmeasured."""

from __future__ import annotations

import ast

from tests.house.source import Function, everything, product

FILE_LINES = 350
FUNCTION_LINES = 60
FUNCTIONS_OVER = 0.01
METHODS = 25


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    assert [
        f"{source.name}: {len(source.lines)} lines"
        for source in everything()
        if len(source.lines) > FILE_LINES
    ] == []


def test_nearly_every_function_fits_a_screen() -> None:
    functions = [(source.name, node) for source in everything() for node in source.functions()]
    over = [
        f"{name}:{node.lineno} {node.name}"
        for name, node in functions
        if _length(node) > FUNCTION_LINES
    ]
    assert len(over) <= len(functions) * FUNCTIONS_OVER, over


def test_no_class_has_more_than_one_reason() -> None:
    assert [
        f"{source.name}: {node.name} has {count} methods"
        for source in product()
        for node in source.classes()
        if (count := sum(isinstance(part, Function) for part in node.body)) > METHODS
    ] == []


def test_everything_public_says_what_the_caller_gets() -> None:
    assert [
        f"{source.name}:{node.lineno} {node.name}"
        for source in product()
        for node in source.tree.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
        if not node.name.startswith("_") and not ast.get_docstring(node)
    ] == []


def _length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1
