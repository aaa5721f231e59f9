"""What a large pack costs: a key in the field of the category, reading, the check, adoption.

    python -m benchmarks.pack

A pack grows by copies of the categories of a sample. `a key` is what the window's thread does for
one letter in the field of the category, painted: search and list, the form, the faults, the column
beside it. Of it, the search over all options, and the judgement of a draft whose category is that
text. The median of the keys is given, and the slowest or the first one: the first comes after what
the desk does once the form was painted. `options and index` is that. Adoption is that of a file of
5 MB, with its check and its entry in the journal. For the start see `benchmarks.start`.
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

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from acts.station.adopt_pack import adopt_pack
from benchmarks.desk import spent, type_key
from domain.faults import examine
from domain.ids import PackHash
from domain.pack.checklist import Checklist
from domain.pack.read import read_pack, read_stored
from domain.words import in_english
from gui.build import Desk
from gui.form.options import Choices
from gui.screenshots import wait_for_jobs
from gui.words import Words
from storage import settings
from storage.packs import PackOrigin
from system.shipped import shipped_packs, terms
from tests.builders import NIGHT, OFFICER, SESSION, Place, a_document, a_line

SIZES = (30, 300, 5000)
TYPED = "pregabalin"
UNSIGNED = PackOrigin.UNSIGNED
MEGABYTES = 5
READY = 2000
"""Milliseconds in which the desk has prepared the search after the form was painted."""


def main() -> None:
    """Print the table."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        for count in SIZES:
            data = pack_of(count)
            _show(count, data)
            keys = _painted(app, Path(folder) / f"desk-{count}", count, data)
            print(f"{'':6}a key {statistics.median(keys):5.1f} ms (first {keys[0]:5.1f})")
        with Place(Path(folder) / "workstation").open() as ws:
            for file in (pack_of(SIZES[0]), pack_of(SIZES[-1], MEGABYTES)):
                spent = _spent(partial(adopt_pack, ws, file, "large", SESSION, accept=UNSIGNED))
                print(f"adoption of {len(file) / 1e6:4.1f} MB: {spent:6.1f} ms")


def _show(count: int, data: bytes) -> None:
    read = min(_spent(partial(read_stored.__wrapped__, data, "large")) for _ in range(3))
    checklist = Checklist(read_pack(data, "large"), PackHash.of(data), terms())
    options = Choices(checklist, Words("en", in_english)).of("categories")
    made = _spent(lambda: list(options.made_ready()))
    searches = _keys(options.find)
    _judge(checklist, "a")
    judged = _keys(partial(_judge, checklist))
    print(
        f"{count:5} categories, {len(data) / 1e6:4.1f} MB: read {read:6.1f} ms;"
        f" options and index {made:5.1f} ms; search {statistics.median(searches):5.2f} ms a key"
        f" (slowest {max(searches):5.2f}); judged {statistics.median(judged):5.2f} ms"
        f" (slowest {max(judged):5.1f})"
    )


def _painted(app: QApplication, home: Path, count: int, data: bytes) -> list[float]:
    """Milliseconds of each key in the field of the category at a desk with the pack."""
    with Place(home).open() as ws:
        adopt_pack(ws, data, "large", SESSION, accept=UNSIGNED)
        settings.write(ws.db, [settings.OFFICER.to(OFFICER), settings.PACK.to(_id(count))])
        desk = Desk(ws, app)
        desk.window.resize(1366, 768)
        desk.window.show()
        desk.capture.begin()
        wait_for_jobs(desk, app)
        QTest.qWait(READY)
        desk.window.activateWindow()
        QTest.qWaitForWindowActive(desk.window)
        desk.capture_view.go_to("goods.0.category")
        app.processEvents()
        keys = [spent(partial(type_key, app, letter)) for letter in TYPED]
        desk.window.close()
    return keys


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
    pack |= {"categories": made, "id": _id(count, megabytes)}
    for reason in pack["reasons"]:
        reason.pop("for", None)
    missing = megabytes * 1_000_000 - len(json.dumps(pack, ensure_ascii=False).encode())
    if missing > 0:
        for one in made:
            one["search"] = [*one.get("search", ()), "x" * (missing // count)]
    return json.dumps(pack, ensure_ascii=False).encode()


def _id(count: int, megabytes: int = 0) -> str:
    return f"LARGE-{count}-{megabytes}"


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
