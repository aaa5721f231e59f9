"""Photos are dropped, looked at, named and ordered; hostile files cost nothing."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton

from domain.document import text_at, value_at
from gui.parts.photo_tile import PhotoTile
from gui.photos.card import PhotosCard
from gui.photos.viewer import PhotoViewer
from storage import drafts
from storage.workstation import Workstation
from system.decode import DECODERS, Decoders
from tests.builders import a_bomb, a_photo
from tests.gui.conftest import Officer, push

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def writing(officer: Officer) -> Officer:
    """An officer with a new record on the screen."""
    officer.press(Qt.Key.Key_N, CTRL)
    return officer


def drop(officer: Officer, files: list[Path]) -> None:
    """Drag files onto the window, beside the strip of photos, and let go."""
    window = officer.desk.window.windowHandle()
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    where, how = QPointF(20, 20), Qt.DropAction.CopyAction
    enters = QDragEnterEvent(where.toPoint(), how, held, LEFT, NONE)
    QApplication.sendEvent(window, enters)
    assert enters.isAccepted()
    lets_go = QDropEvent(where, how, held, LEFT, NONE)
    QApplication.sendEvent(window, lets_go)
    assert lets_go.isAccepted()


def written(folder: Path, count: int) -> list[Path]:
    files = [folder / f"{number:02}.jpg" for number in range(count)]
    for number, file in enumerate(files):
        file.write_bytes(a_photo(number))
    return files


def names(officer: Officer) -> list[str]:
    return [text_at(photo, "file_name") for photo in officer.desk.capture.photos.photos]


def test_files_dropped_on_the_strip_become_its_tiles(writing: Officer, tmp_path: Path) -> None:
    drop(writing, written(tmp_path, 2))
    writing.wait()
    assert names(writing) == ["00.jpg", "01.jpg"]
    assert writing.reads("1 of 1 required")


def test_thirty_photos_at_once_keep_their_order_and_never_hold_up_what_is_typed(
    writing: Officer, tmp_path: Path, ws: Workstation
) -> None:
    files = written(tmp_path, 30)
    seen: list[int] = []
    with ExitStack() as busy:
        for _ in range(DECODERS):
            busy.enter_context(ws.photos._decoders._one())
        drop(writing, files)
        assert writing.desk.capture.photos.under_way == 30, "the drop itself waits for nothing"
        writing.desk.capture.saved.connect(
            lambda _at: seen.append(writing.desk.capture.photos.under_way)
        )
        writing.go_to_at_once("goods.0.description")
        writing.type("loose")
        with writing.bot.waitSignal(writing.desk.capture.saved, timeout=30_000):
            writing.desk.capture.flush()
    record = writing.desk.capture.sheet.record
    assert record is not None
    assert value_at(drafts.draft(ws.db, record).document, "goods.0.description") == "loose"
    assert seen[0] > 0, "what was typed waited for the photos"
    writing.wait()
    assert names(writing) == [file.name for file in files]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("cut.jpg", a_photo(7)[:700]),
        ("note.jpg", b"This is a text, whatever its name says. " * 40),
        ("bomb.png", None),
    ],
)
def test_a_hostile_file_is_a_question_and_everything_goes_on(
    writing: Officer, tmp_path: Path, name: str, data: bytes | None
) -> None:
    file = tmp_path / name
    file.write_bytes(data if data is not None else a_bomb())
    drop(writing, [file, *written(tmp_path, 1)])
    writing.wait()
    assert names(writing) == ["00.jpg"]
    assert [question.incoming.name for question in writing.desk.capture.photos.questions] == [name]
    assert writing.reads(name)
    assert writing.desk.window.findChildren(QMessageBox) == []
    writing.go_to("goods.0.description")
    writing.type("goes on")
    assert writing.desk.capture.sheet.value("goods.0.description") == "goes on"


def test_a_file_of_a_gigabyte_is_refused_by_its_size_and_asks_nothing(
    writing: Officer, tmp_path: Path
) -> None:
    file = tmp_path / "film.mov"
    with file.open("wb") as made:
        made.truncate(1024**3)
    drop(writing, [file, *written(tmp_path, 1)])
    writing.wait()
    assert writing.reads("film.mov")
    assert writing.reads("larger than 256 MB")
    assert writing.desk.capture.photos.questions == []
    assert names(writing) == ["00.jpg"]


def test_what_is_kept_as_evidence_is_asked_about_once(writing: Officer, tmp_path: Path) -> None:
    file = tmp_path / "note.jpg"
    file.write_bytes(b"This is a text, whatever its name says. " * 40)
    drop(writing, [file])
    writing.wait()
    photos = writing.desk.capture.photos
    push(writing, "Keep as evidence")
    assert photos.questions == []
    assert [(p.get("file_name"), p.get("readable")) for p in photos.photos] == [("note.jpg", False)]
    assert not writing.reads("is not a picture")


def test_photos_stand_in_the_order_of_their_files_whichever_is_read_first(
    writing: Officer, tmp_path: Path
) -> None:
    """Two are read side by side: each small one is ready long before the large one before it."""
    files = []
    for number in range(6):
        files.append(tmp_path / f"{number}.jpg")
        size = (4000, 3000) if number % 2 == 0 else (40, 30)
        files[-1].write_bytes(a_photo(number, size=size))
    drop(writing, files)
    writing.wait()
    assert names(writing) == [file.name for file in files]


def test_a_lost_decoder_is_told_and_asks_nothing_about_the_photo(
    writing: Officer, tmp_path: Path, ws: Workstation
) -> None:
    ws.photos._decoders = Decoders(script=tmp_path / "lost.py")
    drop(writing, written(tmp_path, 1))
    writing.wait()
    assert writing.reads("The program that reads pictures cannot be started")
    assert names(writing) == []
    assert writing.desk.capture.photos.questions == []


def open_first(officer: Officer, tmp_path: Path) -> PhotoViewer:
    drop(officer, written(tmp_path, 3))
    officer.wait()
    card = officer.desk.window.findChild(PhotosCard)
    assert card is not None
    card.focus_tile(0)
    officer.press(Qt.Key.Key_Return)
    look = officer.desk.window.findChild(PhotoViewer)
    assert look is not None
    return look


def test_enter_on_a_photo_shows_it_large_in_the_page_and_esc_goes_back(
    writing: Officer, tmp_path: Path
) -> None:
    record = writing.desk.capture.sheet.record
    look = open_first(writing, tmp_path)
    assert look.isVisible()
    assert writing.reads("Photo 1 of 3 · 00.jpg")
    writing.press(Qt.Key.Key_Escape)
    assert not look.isVisible()
    assert writing.desk.capture.sheet.record == record
    assert isinstance(writing.at(), QPushButton)


def test_role_caption_and_order_of_a_photo_are_changed_with_the_keyboard(
    writing: Officer, tmp_path: Path
) -> None:
    look = open_first(writing, tmp_path)
    writing.press(Qt.Key.Key_Right, ALT)
    assert names(writing) == ["01.jpg", "00.jpg", "02.jpg"]
    assert look.index == 1
    writing.press(Qt.Key.Key_Tab)
    writing.bot.keyClick(writing.at(), Qt.Key.Key_A, CTRL)
    writing.type("label")
    writing.press(Qt.Key.Key_Return)
    writing.press(Qt.Key.Key_Tab)
    writing.press(Qt.Key.Key_Tab)
    writing.type("seen from above")
    photo = writing.desk.capture.photos.photos[1]
    assert photo["caption"] == "seen from above"
    assert photo["role"] != "overview"
    writing.press(Qt.Key.Key_PageDown)
    assert writing.reads("Photo 3 of 3")


def test_tiles_of_photos_that_stay_are_kept_and_those_of_other_records_are_let_go(
    writing: Officer, tmp_path: Path
) -> None:
    files = written(tmp_path, 6)
    drop(writing, files[:2])
    writing.wait()
    first = tiles(writing)
    drop(writing, files[2:3])
    writing.wait()
    assert tiles(writing)[:2] == first
    assert len(tiles(writing)) == 3
    writing.desk.capture.photos.remove(0)
    writing.wait()
    assert tiles(writing)[0] is first[1]
    for round_ in range(3):
        writing.press(Qt.Key.Key_N, CTRL)
        drop(writing, files[3 + round_ : 4 + round_])
        writing.wait()
        assert len(writing.desk.window.findChildren(PhotoTile)) == 1


def test_a_tile_shows_no_photo_of_the_record_before(writing: Officer, tmp_path: Path) -> None:
    capture, files = writing.desk.capture, written(tmp_path, 2)
    drop(writing, files[:1])
    writing.wait()
    first = capture.sheet.record
    writing.press(Qt.Key.Key_N, CTRL)
    drop(writing, files[1:])
    writing.wait()
    pictures: list[list[bool]] = []
    capture.opened.connect(lambda: pictures.append([tile.has_picture for tile in tiles(writing)]))
    assert first is not None
    capture.open(first)
    writing.wait()
    assert pictures == [[False]]  # when the record came
    assert [tile.has_picture for tile in tiles(writing)] == [True]


def tiles(officer: Officer) -> list[PhotoTile]:
    """Those on the screen, in reading order."""
    shown = officer.desk.window.findChildren(PhotoTile)
    return sorted(shown, key=lambda tile: (tile.y(), tile.x()))


def test_tiles_grow_with_the_window(writing: Officer, tmp_path: Path) -> None:
    drop(writing, written(tmp_path, 1))
    writing.wait()
    tile = tiles(writing)[0]
    writing.desk.window.resize(1366, 760)
    writing.bot.waitUntil(lambda: 140 <= tile.width() <= 150)
    writing.desk.window.resize(1920, 760)
    writing.bot.waitUntil(lambda: tile.width() > 170)
    writing.desk.window.resize(2560, 760)
    writing.bot.waitUntil(lambda: tile.width() > 250)
    assert tile.height() > 250 * 3 // 4


def test_a_file_dropped_on_a_field_is_a_photo_and_not_text(
    writing: Officer, tmp_path: Path
) -> None:
    """The window hears of it before the field does."""
    field = writing.go_to("goods.0.description")
    drop(writing, written(tmp_path, 1))
    writing.wait()
    assert isinstance(field, QLineEdit)
    assert field.text() == ""
    assert names(writing) == ["00.jpg"]


def test_nothing_is_taken_by_a_drop_while_no_record_is_open(
    officer: Officer, tmp_path: Path
) -> None:
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(written(tmp_path, 1)[0]))])
    enters = QDragEnterEvent(QPoint(20, 20), Qt.DropAction.CopyAction, held, LEFT, NONE)
    QApplication.sendEvent(officer.desk.window.windowHandle(), enters)
    assert not enters.isAccepted()
