"""What the desk asks of a library for cameras: which ones there are, and the pictures of one.

`gui/photos/qt_cameras.py` answers with QtMultimedia, which the extra `camera` alone installs.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from domain.words import mark
from gui.errors import CameraFault

CameraFrame = Callable[[], QImage]
"""What a camera shows at one moment. The call takes up to 0.3 s, so no window's thread calls it."""

AGAIN = mark(
    "Close other programs that use it, and allow cameras in the system's settings for privacy. "
    "Then press Space."
)


class CameraDevice(NamedTuple):
    """A camera that is connected."""

    key: str
    """The system's name for it."""
    name: str


class OpenCamera(QObject):
    """A camera that is used from `start` to `close`.

    `came` carries each `CameraFrame`, `failed` why there are no more.
    """

    came = Signal(object)
    failed = Signal(object)

    def start(self) -> None:
        """Use the camera; its first picture, or why there is none, comes at once or later."""
        raise NotImplementedError

    def close(self) -> None:
        """Let other programs use the camera."""
        raise NotImplementedError


class CameraLibrary(QObject):
    """`changed` is sent when a camera was connected or pulled out. For the window's thread."""

    changed = Signal()

    def devices(self) -> tuple[CameraDevice, ...]:
        """The cameras that are connected now, the one that the system prefers first."""
        raise NotImplementedError

    def open(self, device: CameraDevice) -> OpenCamera:
        """Make one ready to be used."""
        raise NotImplementedError


def is_installed() -> bool:
    """Whether the extra `camera` is installed. Nothing is loaded for the answer."""
    return find_spec("PySide6.QtMultimedia") is not None


def load_library() -> Callable[[], CameraLibrary]:
    """Load QtMultimedia, which takes 0.1 s; what is returned makes the library of cameras.

    Raises `CameraFault` where it is not installed, or lacks a library of the system.
    """
    if not is_installed():
        raise CameraFault(
            mark("what uses a camera is not installed at this desk"),
            hint=mark("The help desk installs it by requirements/camera.txt (README, “Camera”)."),
        )
    try:
        module = importlib.import_module("gui.photos.qt_cameras")
    except ImportError as error:
        raise CameraFault(
            mark("what uses a camera cannot be loaded: {cause}"),
            hint=mark("Tell the help desk."),
            cause=error,
        ) from error
    return cast(Callable[[], CameraLibrary], module.QtCameras)


def no_camera() -> CameraFault:
    """No camera was found."""
    return CameraFault(mark("no camera is connected"), hint=mark("Connect one, and try again."))


def pulled_out(name: str) -> CameraFault:
    """The camera was there a moment ago."""
    return CameraFault(
        mark("the camera was pulled out"),
        about=name,
        hint=mark("Connect it again, or choose another one."),
    )


def out_of_order(name: str, cause: str) -> CameraFault:
    """The system cannot use the camera and says why; another program may have it."""
    return CameraFault(
        mark("the camera cannot be used: {cause}"), about=name, hint=AGAIN, cause=cause
    )


def no_picture(name: str, seconds: int) -> CameraFault:
    """The camera is on and sends nothing, as where another program has it."""
    return CameraFault(
        mark("the camera has sent no picture for {seconds} seconds"),
        about=name,
        hint=AGAIN,
        seconds=seconds,
    )


def not_allowed() -> CameraFault:
    """The system asks its users which programs may use a camera."""
    return CameraFault(
        mark("this system does not allow Tidewaiter to use a camera"),
        hint=mark("Allow it in the system's settings for privacy, then press Space."),
    )
