"""A photo costs no dialog: pictures that appear in a watched folder come into the open record."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from domain.document import text_at
from gui.photos.dialogs import PhotoDialogs
from gui.photos.watched import WatchedFolder
from storage.workstation import Workstation
from tests.builders import a_photo
from tests.gui.conftest import Officer, push

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Answers(PhotoDialogs):
    """Answers in place of the system's dialogs; remembers where they opened."""

    def __init__(self, *, files: tuple[Path, ...] = (), folder: Path | None = None) -> None:
        self.answer, self.folder_answer = files, folder
        self.opened_at: list[Path] = []

    def files(
        self, parent: QWidget, title: str, folder: Path, pictures: str, all_files: str
    ) -> tuple[Path, ...]:
        self.opened_at.append(folder)
        return self.answer

    def folder(self, parent: QWidget, title: str, start: Path) -> Path | None:
        self.opened_at.append(start)
        return self.folder_answer


class Post:
    """An officer with a record open, and a folder that a camera fills; the test's own clock."""

    def __init__(self, officer: Officer, camera: Path) -> None:
        self.officer, self.camera, self.seconds = officer, camera, 0.0
        self.model = officer.desk.capture.photos
        self.watched: WatchedFolder = self.model.folder
        self.watched._now = lambda: self.seconds
        self.watched.ticks.setInterval(10**9)

    def watch(self) -> None:
        """By the keys."""
        self.model.dialogs = Answers(folder=self.camera)
        self.officer.press(Qt.Key.Key_F, CTRL, SHIFT)

    def shoot(self, name: str, data: bytes | None = None) -> Path:
        """A picture appears in the folder."""
        file = self.camera / name
        file.write_bytes(data if data is not None else a_photo(len(name) + len(self.names())))
        return file

    def look(self, seconds: float = 1.0) -> None:
        """So many seconds later the desk looks again."""
        self.seconds += seconds
        self.watched.look()
        self.officer.wait()

    def names(self) -> list[str]:
        return [text_at(photo, "file_name") for photo in self.model.photos]


@pytest.fixture
def post(officer: Officer, tmp_path: Path) -> Post:
    camera = tmp_path / "camera"
    camera.mkdir()
    officer.press(Qt.Key.Key_N, CTRL)
    return Post(officer, camera)


def test_a_picture_that_appears_while_a_record_is_open_comes_into_it(post: Post) -> None:
    post.watch()
    assert post.officer.reads("New pictures in “camera” are added by themselves.")

    file = post.shoot("one.jpg")
    post.look()
    post.look()

    assert post.names() == ["one.jpg"]
    assert [photo["role"] for photo in post.model.photos] == ["overview"], "the next missing role"
    assert file.exists(), "it is left where it is"
    post.look()
    assert post.names() == ["one.jpg"]


def test_what_was_there_before_is_offered_and_not_taken(post: Post) -> None:
    post.shoot("old.jpg")
    post.shoot("older.png.part")
    post.watch()
    post.look()
    post.look()
    assert post.names() == []
    assert post.officer.reads("1 picture was there before.")

    post.officer.press(Qt.Key.Key_O, CTRL, SHIFT)

    assert post.names() == ["old.jpg"]
    assert not post.officer.reads("there before")


def test_a_picture_that_still_grows_is_waited_for(post: Post) -> None:
    """A camera or a network writes a file in pieces."""
    post.watch()
    whole = a_photo(3, size=(800, 600))
    file = post.shoot("slow.jpg", whole[:500])
    post.look()
    file.write_bytes(whole[:2000])
    post.look()
    assert post.names() == []
    file.write_bytes(whole)
    post.look()
    assert post.names() == []
    post.look()
    assert post.names() == ["slow.jpg"]
    assert post.model.questions == []


def test_a_picture_belongs_to_the_record_that_was_open_when_it_appeared(post: Post) -> None:
    post.watch()
    post.shoot("first.jpg")
    post.look()
    post.look()
    post.officer.press(Qt.Key.Key_Escape)
    between = post.shoot("between.jpg")
    post.officer.press(Qt.Key.Key_N, CTRL)
    post.look()
    post.look()

    assert post.names() == []
    assert post.watched.before == (between,), "the first is in its record: it is not offered again"


def test_a_file_under_an_old_name_is_a_new_picture(post: Post) -> None:
    """Some programs write each picture to the same name."""
    post.watch()
    for number in (1, 2):
        file = post.shoot("scan.jpg", a_photo(number))
        os.utime(file, ns=(number * 10**9, number * 10**9))
        post.look()
        post.look()
    assert post.names() == ["scan.jpg", "scan.jpg"]


def test_a_folder_that_is_away_is_told_and_watched_again_when_it_is_back(post: Post) -> None:
    post.watch()
    away = post.camera.rename(post.camera.with_name("away"))
    post.look()
    assert post.officer.reads("cannot be read at present")
    away.rename(post.camera)
    post.look()
    assert post.officer.reads("are added by themselves")
    post.shoot("one.jpg")
    post.look()
    post.look()
    assert post.names() == ["one.jpg"]


def test_the_folder_is_remembered_and_can_be_given_up(post: Post, ws: Workstation) -> None:
    post.watch()
    post.officer.wait()
    assert WatchedFolder(ws, post.officer.desk.bridge).path == post.camera

    push(post.officer, "Watch no folder")

    assert WatchedFolder(ws, post.officer.desk.bridge).path is None
    post.shoot("one.jpg")
    post.look()
    post.look()
    assert post.names() == []


def test_the_folder_is_set_in_the_settings_too(post: Post) -> None:
    post.model.dialogs = Answers(folder=post.camera)
    post.officer.press(Qt.Key.Key_F10)
    assert post.officer.reads("No folder is watched.")
    push(post.officer, "Watch a folder …")
    assert post.officer.reads("New pictures in “camera” are added by themselves.")
    assert post.watched.path == post.camera


def test_the_dialog_opens_where_photos_were_last_chosen(post: Post) -> None:
    file = post.shoot("one.jpg")
    asked = Answers(files=(file,))
    post.model.dialogs = asked
    post.officer.press(Qt.Key.Key_P, CTRL)
    assert post.names() == ["one.jpg"]
    post.officer.press(Qt.Key.Key_P, CTRL)
    assert asked.opened_at[0] != post.camera
    assert asked.opened_at[1] == post.camera
