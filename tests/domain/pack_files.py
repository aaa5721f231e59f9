"""Packs as files, for tests of how they are read and checked."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from domain.pack.check import PackCheck, check_pack
from system.shipped import program_lists

GUIDE = (Path(__file__).parents[2] / "docs" / "pack-format.md").read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)]
SMALLEST: dict[str, Any] = EXAMPLES[0]
TODAY = date(2026, 11, 26)


def small(**changes: Any) -> dict[str, Any]:
    """The smallest pack of the guide with some of its fields changed."""
    return {**SMALLEST, **changes}


def category(**changes: Any) -> dict[str, Any]:
    """The smallest pack with its one category changed."""
    return small(categories=[{**SMALLEST["categories"][0], **changes}])


def unit(**changes: Any) -> dict[str, Any]:
    """The smallest pack with its one unit changed."""
    return small(units=[{**SMALLEST["units"][0], **changes}])


def post(**changes: Any) -> dict[str, Any]:
    """The smallest pack with its one post changed."""
    return small(posts=[{**SMALLEST["posts"][0], **changes}])


def paper(**changes: Any) -> dict[str, Any]:
    """The smallest pack with its paper changed."""
    return small(paper={**SMALLEST["paper"], **changes})


def without(name: str, below: str = "") -> dict[str, Any]:
    """The smallest pack without one field, of itself or of the first in the list `below`."""
    pack = deepcopy(SMALLEST)
    del (pack[below][0] if below else pack)[name]
    return pack


def as_file(pack: bytes | dict[str, Any]) -> bytes:
    """The bytes of the file, one field a line."""
    return (
        pack if isinstance(pack, bytes) else json.dumps(pack, indent=1, ensure_ascii=False).encode()
    )


def checked(pack: bytes | dict[str, Any]) -> PackCheck:
    """What the check finds in it."""
    return check_pack(as_file(pack), program_lists(), TODAY)
