"""The camera that is on: its newest picture for the screen, and why there is none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage

from domain.errors import TidewaiterError
from gui.bridge import Bridge
from gui.photos.cameras import (
    CameraDevice,
    CameraFrame,
    CameraLibrary,
    OpenCamera,
    load_library,
    no_camera,
    no_picture,
    pulled_out,
)

PATIENCE_SECONDS = 10
"""A camera that sends nothing for so long after its start is out of order."""


class LiveCamera(QObject):
    """`pictured` carries each picture for the screen, as large as `size`.

    `changed` is sent when the cameras, the chosen one or the fault are others.
    """

    pictured = Signal(object)
    changed = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self._library: CameraLibrary | None = None
        self._open: OpenCamera | None = None
        self._converting = False
        self.devices: tuple[CameraDevice, ...] = ()
        self.chosen: CameraDevice | None = None
        """The camera that is used when the live picture is wanted."""
        self.fault: TidewaiterError | None = None
        """Why there is no picture now."""
        self.newest: CameraFrame | None = None
        """What the camera shows now; None before its first picture."""
        self.size = QSize(640, 480)
        """In pixels of the screen."""
        self.patience = QTimer(self, singleShot=True, interval=1000 * PATIENCE_SECONDS)
        self.patience.timeout.connect(self._silent)

    @property
    def on(self) -> bool:
        """Whether a camera is in use."""
        return self._open is not None

    def use(self, library: CameraLibrary) -> None:
        """Use the cameras of this library."""
        self._library = library
        library.changed.connect(self._devices_changed)

    def find(self, then: Callable[[], None], failed: Callable[[TidewaiterError], None]) -> None:
        """Look for cameras, and load what is needed for it; then call one of the two."""

        def look() -> None:
            self._list()
            if self.devices:
                then()
            else:
                failed(no_camera())

        def loaded(make: Callable[[], CameraLibrary]) -> None:
            if self._library is None:
                self.use(make())
            look()

        if self._library is None:
            self._bridge.read(load_library, loaded, failed)
        else:
            look()

    def start(self) -> None:
        """Use the chosen camera."""
        self.stop()
        if self._library is None or self.chosen is None:
            return
        self._open = self._library.open(self.chosen)
        self._open.came.connect(self._came)
        self._open.failed.connect(self._fail)
        self.patience.start()
        self.changed.emit()
        self._open.start()

    def stop(self) -> None:
        """Free the camera."""
        self.patience.stop()
        self.newest = self.fault = None
        if self._open is not None:
            held, self._open = self._open, None
            held.came.disconnect(self._came)
            held.failed.disconnect(self._fail)
            held.close()

    def choose(self, index: int) -> None:
        """Use the camera at this index of `devices` from now on; beyond the last is the first."""
        wanted = self.devices[index % len(self.devices)] if self.devices else None
        if wanted != self.chosen or not self.on:
            self.chosen = wanted
            self.start()

    def step(self, by: int) -> None:
        """Use the next camera (1) or the one before (-1)."""
        at = self.devices.index(self.chosen) if self.chosen in self.devices else -1
        self.choose(at + by)

    def _list(self) -> None:
        self.devices = self._library.devices() if self._library is not None else ()
        if self.chosen not in self.devices and not self.on and self.devices:
            self.chosen = self.devices[0]

    def _devices_changed(self) -> None:
        wanted = self.on or self.fault is not None
        self._list()
        if self.on and self.chosen is not None and self.chosen not in self.devices:
            self._fail(pulled_out(self.chosen.name))
        elif wanted and not self.on and self.devices:
            self.start()
        else:
            self.changed.emit()

    def _came(self, frame: CameraFrame) -> None:
        self.patience.stop()
        self.newest = frame
        self._convert()

    def _convert(self) -> None:
        """Make the newest picture fit the screen in the background, one at a time."""
        frame, size = self.newest, self.size
        if frame is None or self._converting:
            return
        self._converting = True

        def then(picture: QImage) -> None:
            self._converting = False
            if self.newest is not None:
                self.pictured.emit(picture)
                if self.newest is not frame:
                    self._convert()

        def failed(error: TidewaiterError) -> None:
            self._converting = False
            self._fail(error)

        self._bridge.read(lambda: _fitted(frame(), size), then, failed)

    def _silent(self) -> None:
        if self.chosen is not None:
            self._fail(no_picture(self.chosen.name, PATIENCE_SECONDS))

    def _fail(self, error: TidewaiterError) -> None:
        self.stop()
        self.fault = error
        self.changed.emit()


def _fitted(picture: QImage, size: QSize) -> QImage:
    """The picture within `size`. The smooth step keeps other threads waiting (26 ms at 12
    megapixels), so a quick one goes before it.
    """
    aspect = Qt.AspectRatioMode.KeepAspectRatio
    if picture.width() > 2 * size.width():
        picture = picture.scaled(size * 2, aspect)
    return picture.scaled(size, aspect, Qt.TransformationMode.SmoothTransformation)
