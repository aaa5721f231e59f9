"""What a value is, is said: wide types only where bytes or other libraries come in."""

from __future__ import annotations

import ast

from tests.house.source import Source, product

EDGES = {
    "demo/photos/labels.py": (2, "the picture of a code that zxing draws"),
    "domain/fields.py": (1, "an annotation as `typing` gives it"),
    "domain/value.py": (1, "the slots of a value, which are compared with each other"),
    "gui/bridge.py": (1, "a callback for the result of any job; jobs wait in one table"),
    "gui/records/table.py": (2, "what Qt's own table model returns"),
    "hub/serving/connections.py": (2, "socket addresses, and the arguments of uvicorn's protocol"),
    "hub/serving/server.py": (1, "a class that uvicorn names at run time"),
    "hub/code_picture.py": (1, "the picture of a code that zxing draws"),
    "papers/typeset/qr.py": (1, "the picture of a code that zxing draws"),
    "storage/check_whole.py": (1, "one column of a result"),
    "system/database/__init__.py": (2, "the columns of a row"),
    "system/pdfium.py": (1, "handles of PDFium, for which pypdfium2 has no types"),
}
"""How often a file may say `Any`, and why. These numbers only fall."""


def test_any_stands_only_at_the_edges() -> None:
    """Whoever reads a value of type `Any` has to guess what it is, and mypy stays silent."""
    found = {source.name: count for source in product() if (count := _anys(source))}
    assert found == {name: count for name, (count, _) in EDGES.items()}


def test_no_document_is_a_dictionary_of_anything() -> None:
    """A draft's document is a `domain.document.Document`; other dictionaries say what they hold."""
    assert [
        f"{source.name}:{node.lineno}"
        for source in product()
        for node in source.nodes
        if isinstance(node, ast.Subscript)
        and ast.unparse(node) in ("dict[str, Any]", "Mapping[str, Any]")
    ] == []


def _anys(source: Source) -> int:
    return sum(isinstance(node, ast.Name) and node.id == "Any" for node in source.nodes)
