"""Every fault has a code of its own, declared once, and docs/faults.md lists all of them."""

from __future__ import annotations

import ast

from tests.house.source import name_of, product
from tools.fault_page import PAGE, kinds, page


def test_the_page_lists_the_faults_of_the_code() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run tools/fault_page.py"


def test_no_two_kinds_of_fault_have_one_code() -> None:
    by_code: dict[str, set[int]] = {}
    for _, kind in kinds():
        by_code.setdefault(kind.code, set()).add(id(kind))
    assert len(by_code) > 80
    assert [code for code, found in by_code.items() if len(found) > 1] == []


def test_a_constant_is_named_like_its_code() -> None:
    assert [(name, kind.code) for name, kind in kinds() if name != kind.code.upper()] == []


def test_a_kind_of_fault_is_declared_in_the_body_of_its_module() -> None:
    """One that is made inside a function is in no table, and nothing can compare with it."""
    inside = []
    for source in product():
        declared = {id(node.value) for node in source.tree.body if isinstance(node, ast.Assign)}
        inside += [
            f"{source.name}:{node.lineno}"
            for node in source.nodes
            if isinstance(node, ast.Call)
            and name_of(node.func) == "FaultKind"
            and id(node) not in declared
        ]
    assert inside == []
