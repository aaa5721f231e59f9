"""Cameras for tests: they show the pictures that a test gives them."""

from __future__ import annotations

from PySide6.QtGui import QColor, QImage, QPainter

from gui.errors import CameraFault
from gui.photos.cameras import CameraDevice, CameraLibrary, OpenCamera, out_of_order


class PictureCamera(OpenCamera):
    """One of them in use."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.closed = name, False

    def start(self) -> None:
        """It is as others are: what it shows comes when the test says so."""

    def show(self, colour: str, *, size: tuple[int, int] = (640, 480)) -> None:
        """The camera sees a picture of this colour."""
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor(colour))
        painter = QPainter(image)
        painter.drawLine(0, 0, *size)
        painter.end()
        self.came.emit(lambda: image)

    def break_down(self, cause: str) -> None:
        """The system takes the camera away."""
        self.failed.emit(out_of_order(self.name, cause))

    def close(self) -> None:
        self.closed = True


class PictureCameras(CameraLibrary):
    """Connected cameras by name; `busy` names those that another program has."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self.names, self.busy = list(names), set[str]()
        self.opened: list[PictureCamera] = []
        self.refusal: CameraFault | None = None

    def devices(self) -> tuple[CameraDevice, ...]:
        return tuple(CameraDevice(f"/dev/{name}", name) for name in self.names)

    def open(self, device: CameraDevice) -> OpenCamera:
        self.opened.append(PictureCamera(device.name))
        return self.opened[-1]

    @property
    def now(self) -> PictureCamera:
        """The one that was opened last."""
        return self.opened[-1]

    def connected(self, *names: str) -> None:
        """From now on these are connected."""
        self.names = list(names)
        self.changed.emit()
