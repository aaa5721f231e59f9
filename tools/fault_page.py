"""Writes the table of all fault codes into docs/faults.md, from the constants in the code.

    .venv/bin/python tools/fault_page.py          writes it
    .venv/bin/python tools/fault_page.py check    status 1 when it differs from the code

Run it after a change of a `FaultKind`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from domain.fault import FaultKind  # noqa: E402  # after the path is known
from domain.words import Plural  # noqa: E402  # as above

PAGE = ROOT / "docs" / "faults.md"
ROOMS = ("domain", "system", "storage", "papers", "acts", "sync", "hub", "gui")
HEAD = """# Codes of faults

Written by `tools/fault_page.py` from the code; do not edit it by hand.

A fault says what is wrong with one field. Its code is stable and unique; its words may become
plainer. A fault *refuses* (the record cannot become final, the text cannot be read) or is a
*remark* (worth a look, and no reason to refuse). `{...}` stands for a value of the fault.

| code | what is wrong | what to do | weight |
| --- | --- | --- | --- |
"""


def main(arguments: list[str]) -> int:
    """Exit status 1 when `check` finds an outdated page."""
    new = page()
    if arguments == ["check"]:
        behind = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != new
        if behind:
            print("docs/faults.md: run tools/fault_page.py", file=sys.stderr)
        return int(behind)
    PAGE.write_text(new, encoding="utf-8")
    return 0


def page() -> str:
    """The page, made from the present code."""
    rows = sorted({kind.code: kind for _, kind in kinds()}.items())
    return HEAD + "".join(f"{_row(kind)}\n" for _, kind in rows)


def kinds() -> Iterator[tuple[str, FaultKind]]:
    """Every kind of fault in the product with the name of its constant; imported constants are
    repeated.
    """
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            if "FaultKind" not in file.read_text(encoding="utf-8"):
                continue
            module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
            for name, value in vars(module).items():
                if isinstance(value, FaultKind):
                    yield name, value


def _row(kind: FaultKind) -> str:
    what = f"{kind.what} / {kind.what.many}" if isinstance(kind.what, Plural) else kind.what
    weight = "remark" if kind.warns else "refuses"
    return f"| `{kind.code}` | {what} | {kind.hint} | {weight} |"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
