"""Photos by a camera, by keys alone: taken, shown, and the camera freed for other programs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from domain.document import text_at, value_at
from domain.ids import PhotoHash
from gui.parts.photo_tile import PhotoTile
from gui.photos import cameras as camera_port
from gui.photos.camera_view import CameraView
from gui.photos.live_picture import LivePicture
from storage.workstation import Workstation
from tests.gui.cameras import PictureCameras
from tests.gui.conftest import Officer

CTRL = Qt.KeyboardModifier.ControlModifier


class Post:
    """An officer with a record open at a desk with cameras."""

    def __init__(self, officer: Officer, *names: str) -> None:
        self.officer, self.cameras = officer, PictureCameras(*names)
        self.model = officer.desk.capture.photos
        self.model.live.use(self.cameras)
        officer.press(Qt.Key.Key_N, CTRL)

    def open(self) -> None:
        """By the key; the camera shows its first picture."""
        self.officer.press(Qt.Key.Key_F9)
        self.show("navy")

    def show(self, colour: str, *, size: tuple[int, int] = (640, 480)) -> None:
        self.cameras.now.show(colour, size=size)
        self.officer.wait()

    @property
    def view(self) -> CameraView:
        return self.officer.desk.window.findChildren(CameraView)[-1]

    @property
    def picture(self) -> LivePicture:
        return self.view.findChildren(LivePicture)[-1]

    def taken(self) -> list[tuple[object, object]]:
        return [(photo.get("role"), photo.get("source")) for photo in self.model.photos]


@pytest.fixture
def post(officer: Officer) -> Post:
    return Post(officer, "Lens")


def test_keys_take_photos_in_a_row_and_escape_goes_back_to_the_field(
    post: Post, ws: Workstation
) -> None:
    officer = post.officer
    field = officer.go_to("goods.0.description")
    officer.type("loose")
    post.open()
    assert post.picture.hasFocus()
    assert not field.isVisible(), "the picture is large, in the place of the form"

    officer.press(Qt.Key.Key_Space)
    post.show("maroon", size=(3000, 2000))
    officer.press(Qt.Key.Key_Return)
    officer.press(Qt.Key.Key_Return)
    post.show("olive")
    officer.press(Qt.Key.Key_Enter)

    assert post.taken() == [("overview", "camera"), ("contents", "camera"), ("contents", "camera")]
    assert officer.reads("Lens · 3 photos taken")
    assert len(officer.desk.window.findChildren(PhotoTile)) == 3, "shown at once, as all photos"
    large = post.model.photos[1]
    assert (large["width"], large["height"]) == (3000, 2000), "all its pixels"
    assert text_at(large, "captured_at") == ws.now().local.isoformat(timespec="seconds")
    photo = ws.photos.whole(PhotoHash.parse(text_at(large, "sha256")))
    assert photo.pixels[3 * 1500 : 3 * 1500 + 3][0] in range(120, 137), "maroon"

    officer.press(Qt.Key.Key_Escape)
    assert officer.at() is field
    assert post.cameras.now.closed
    officer.type(" tablets")
    assert value_at(officer.desk.capture.sheet.document, "goods.0.description") == "loose tablets"


def test_a_key_that_is_held_takes_one_photo(post: Post) -> None:
    post.open()
    post.officer.press(Qt.Key.Key_Space)
    post.officer.press(Qt.Key.Key_Space)
    assert len(post.taken()) == 1, "the camera has shown nothing new since"


def test_arrows_and_digits_choose_among_several_cameras(officer: Officer) -> None:
    post = Post(officer, "Front", "Table", "Scope")
    post.open()
    for key, name in (
        (Qt.Key.Key_Right, "Table"),
        (Qt.Key.Key_Right, "Scope"),
        (Qt.Key.Key_Right, "Front"),
        (Qt.Key.Key_Left, "Scope"),
        (Qt.Key.Key_2, "Table"),
    ):
        officer.press(key)
        assert post.cameras.now.name == name
        assert [one.closed for one in post.cameras.opened[:-1]].count(False) == 0
        assert officer.reads(name)
    opened = len(post.cameras.opened)
    officer.press(Qt.Key.Key_2)
    assert len(post.cameras.opened) == opened, "it is in use already"

    officer.press(Qt.Key.Key_Escape)
    officer.press(Qt.Key.Key_F9)
    assert post.cameras.now.name == "Table", "the one that was used last"


def test_the_camera_is_free_on_another_screen_and_on_again_after_it(post: Post) -> None:
    post.open()
    post.officer.press(Qt.Key.Key_F3)
    assert [one.closed for one in post.cameras.opened] == [True]
    post.officer.press(Qt.Key.Key_F2)
    assert post.picture.hasFocus()
    assert [one.closed for one in post.cameras.opened] == [True, False]

    post.officer.desk.build_screens()
    post.officer.wait()
    assert all(one.closed for one in post.cameras.opened), "also when the screens are built anew"


def test_the_camera_is_free_when_the_record_is_closed(post: Post) -> None:
    post.open()
    post.officer.desk.capture.leave()
    post.officer.wait()
    assert not post.view.isVisible()
    assert post.cameras.now.closed


def test_a_camera_that_is_pulled_out_says_so_and_goes_on_when_it_is_back(post: Post) -> None:
    field = post.officer.go_to("goods.0.description")
    post.officer.type("loose")
    post.open()
    post.cameras.connected()
    assert post.picture._text == (
        "Lens: The camera was pulled out. Connect it again, or choose another one."
    )
    assert post.cameras.now.closed
    post.officer.press(Qt.Key.Key_Space)
    assert post.taken() == []

    post.cameras.connected("Lens")
    post.show("navy")
    post.officer.press(Qt.Key.Key_Space)
    assert len(post.taken()) == 1
    post.officer.press(Qt.Key.Key_Escape)
    assert post.officer.at() is field
    document = post.officer.desk.capture.sheet.document
    assert value_at(document, "goods.0.description") == "loose"


def test_a_camera_that_another_program_has_names_the_way_out(officer: Officer) -> None:
    post = Post(officer, "Front", "Table")
    officer.press(Qt.Key.Key_F9)
    post.cameras.now.break_down("Device is busy")
    assert post.picture._text.startswith(
        "Front: The camera cannot be used: Device is busy. Close other programs that use it"
    )
    officer.press(Qt.Key.Key_Space)
    assert [one.name for one in post.cameras.opened] == ["Front", "Front"], "Space tries again"
    post.model.live.patience.timeout.emit()
    assert "has sent no picture for 10 seconds" in post.picture._text
    assert post.cameras.now.closed
    officer.press(Qt.Key.Key_Right)
    post.show("navy")
    officer.press(Qt.Key.Key_Space)
    assert len(post.taken()) == 1
    officer.press(Qt.Key.Key_Escape)


def test_without_a_camera_or_what_uses_one_a_message_says_so(
    officer: Officer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera_port, "is_installed", lambda: False)
    officer.press(Qt.Key.Key_N, CTRL)
    field = officer.go_to("goods.0.description")
    officer.press(Qt.Key.Key_F9)
    assert officer.reads("What uses a camera is not installed at this desk.")
    assert officer.reads("requirements/camera.txt")
    assert officer.at() is field

    officer.desk.capture.photos.live.use(PictureCameras())
    officer.press(Qt.Key.Key_F9)
    assert officer.reads("No camera is connected. Connect one, and try again.")
    assert officer.at() is field
