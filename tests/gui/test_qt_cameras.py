"""The adapter to QtMultimedia, where the extra `camera` is installed."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QPushButton

from gui.errors import CameraFault
from gui.photos.cameras import CameraDevice, CameraFrame
from gui.photos.live import LiveCamera
from tests.gui.conftest import Officer

multimedia = pytest.importorskip("PySide6.QtMultimedia")
qt_cameras = pytest.importorskip("gui.photos.qt_cameras")

GONE = CameraDevice("/dev/gone", "Gone")


def a_frame(size: QSize, form: Any) -> Any:
    """A frame in a camera's own format: all its bytes are 80, which is dark green in NV12."""
    frame = multimedia.QVideoFrame(multimedia.QVideoFrameFormat(size, form))
    assert frame.map(multimedia.QVideoFrame.MapMode.WriteOnly)
    for plane in range(frame.planeCount()):
        frame.bits(plane)[:] = bytes([80]) * frame.mappedBytes(plane)
    frame.unmap()
    return frame


def test_frames_of_the_sink_become_pictures_beside_the_windows_thread(qapp: QApplication) -> None:
    held = qt_cameras.QtCameras()
    opened = held.open(GONE)
    came: list[CameraFrame] = []
    opened.came.connect(came.append)
    formats = multimedia.QVideoFrameFormat.PixelFormat
    opened.sink.setVideoFrame(a_frame(QSize(1920, 1080), formats.Format_NV12))
    opened.sink.setVideoFrame(multimedia.QVideoFrame(QImage(64, 48, QImage.Format.Format_RGB32)))
    opened.sink.setVideoFrame(multimedia.QVideoFrame())
    qapp.processEvents()

    assert len(came) == 2, "an invalid frame is none"
    pictures: list[QImage] = []
    thread = Thread(target=lambda: pictures.extend(frame() for frame in came))
    thread.start()
    thread.join()
    assert [(one.width(), one.height()) for one in pictures] == [(1920, 1080), (64, 48)]
    colour = QColor(pictures[0].pixelColor(900, 500))
    assert colour.green() > colour.red() + 50, colour.name()

    opened.close()
    opened.sink.setVideoFrame(a_frame(QSize(64, 48), formats.Format_NV12))
    assert len(came) == 2


def test_a_camera_that_cannot_be_used_says_why(qapp: QApplication) -> None:
    held = qt_cameras.QtCameras()
    failed: list[CameraFault] = []
    opened = held.open(GONE)
    opened.failed.connect(failed.append)
    opened.start()
    qapp.processEvents()
    assert {type(one) for one in failed} == {CameraFault}
    assert str(failed[0]).startswith("Gone: the camera cannot be used: ")
    opened.close()


def test_a_camera_that_fails_at_once_is_freed(officer: Officer) -> None:
    live = LiveCamera(officer.desk.bridge)
    live.use(qt_cameras.QtCameras())
    live.devices, live.chosen = (GONE,), GONE
    live.start()
    officer.wait()
    assert not live.on
    assert live.fault is not None


class _Format:
    """What the choice asks of a QCameraFormat, which cannot be made without a camera."""

    def __init__(self, width: int, height: int, fastest: float) -> None:
        self._size, self._fastest = QSize(width, height), fastest

    def resolution(self) -> QSize:
        return self._size

    def maxFrameRate(self) -> float:
        return self._fastest


def test_the_largest_format_is_used_that_is_fast_enough_to_aim_by() -> None:
    small, usual, fast = _Format(640, 480, 60), _Format(1920, 1080, 5), _Format(1920, 1080, 30)
    huge, slow = _Format(4000, 3000, 5), _Format(8000, 6000, 1)
    best = qt_cameras.largest_format
    assert best([small, usual, fast]) is fast
    assert best([small, huge, slow, fast]) is huge
    assert best([slow]) is slow
    assert best([]) is None


def test_the_desk_offers_the_camera_and_says_when_none_is_connected(officer: Officer) -> None:
    if multimedia.QMediaDevices.videoInputs():
        pytest.skip("this computer has a camera")
    officer.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    buttons = officer.desk.window.findChildren(QPushButton)
    assert [one for one in buttons if one.accessibleName() == "Camera" and one.isVisible()]
    officer.press(Qt.Key.Key_F9)
    assert officer.reads("No camera is connected.")
