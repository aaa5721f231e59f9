"""What a large pack costs: a key in the field of the category, reading, the check, adoption.

    python -m benchmarks.pack

A pack grows by copies of the categories of a sample. A key is what the field does with each letter
of a word: the search over all options and the new list; and what the judgement of a draft takes
whose category is that text. The median of the keys is given, and the slowest one: the first key
folds the words of all options. Adoption is that of a file of 5 MB, with its check and its entry in
the journal.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from acts.station.adopt_pack import adopt_pack
from domain.faults import examine
from domain.ids import PackHash
from domain.pack.checklist import Checklist
from domain.pack.read import read_pack
from domain.words import in_english
from gui.form.options import Choices
from gui.parts.option import find
from gui.words import Words
from storage.packs import PackOrigin
from system.shipped import shipped_packs, terms
from tests.builders import NIGHT, SESSION, Place, a_document, a_line

SIZES = (30, 300, 5000)
TYPED = "pregabalin"
UNSIGNED = PackOrigin.UNSIGNED
MEGABYTES = 5


def main() -> None:
    """Print the table."""
    for count in SIZES:
        data = pack_of(count)
        read = _spent(partial(read_pack, data, "large"))
        checklist = Checklist(read_pack(data, "large"), PackHash.of(data), terms())
        options = Choices(checklist, Words("en", in_english)).of("categories")
        searches = _keys(partial(find, options))
        _judge(checklist, "MED_PREGAB")
        judged = _keys(partial(_judge, checklist))
        print(
            f"{count:5} categories, {len(data) / 1e6:4.1f} MB: read {read:6.1f} ms;"
            f" search {statistics.median(searches):5.2f} ms a key (first {searches[0]:5.1f});"
            f" judged {statistics.median(judged):5.2f} ms (slowest {max(judged):5.1f})"
        )
    with (
        tempfile.TemporaryDirectory(dir=Path.cwd()) as folder,
        Place(Path(folder) / "workstation").open() as ws,
    ):
        for file in (pack_of(SIZES[0]), pack_of(SIZES[-1], MEGABYTES)):
            spent = _spent(partial(adopt_pack, ws, file, "large", SESSION, accept=UNSIGNED))
            print(f"adoption of {len(file) / 1e6:4.1f} MB: {spent:6.1f} ms")


def pack_of(count: int, megabytes: int = 0) -> bytes:
    """A pack with so many categories, and of that size; each size has an id of its own."""
    pack: dict[str, Any] = json.loads(shipped_packs()["SAMPLE-MED"])
    first, *others = pack["categories"]
    made = [next(one for one in (first, *others) if one["code"] == "MED_PREGAB")]
    for number in range(count - 1):
        kind = others[number % len(others)]
        label = {tag: f"{words} {number}" for tag, words in kind["label"].items()}
        search = [f"{word} {number}" for word in kind.get("search", ())]
        made.append(kind | {"code": f"C{number}", "label": label, "search": search})
    pack |= {"categories": made, "id": f"LARGE-{count}-{megabytes}"}
    for reason in pack["reasons"]:
        reason.pop("for", None)
    missing = megabytes * 1_000_000 - len(json.dumps(pack, ensure_ascii=False).encode())
    if missing > 0:
        for one in made:
            one["search"] = [*one.get("search", ()), "x" * (missing // count)]
    return json.dumps(pack, ensure_ascii=False).encode()


def _judge(checklist: Checklist, text: str) -> None:
    examine(a_document(goods=[a_line(category=text)]), checklist, NIGHT)


def _keys(deed: Callable[[str], object]) -> list[float]:
    """Milliseconds of each key of the word, the first one first."""
    return [_spent(partial(deed, TYPED[: count + 1])) for count in range(len(TYPED))]


def _spent(deed: Callable[[], object]) -> float:
    """Milliseconds of the processor: on a busy machine they hold still."""
    begun = time.process_time()
    deed()
    return (time.process_time() - begun) * 1000


if __name__ == "__main__":
    main()
