"""Cameras by QtMultimedia. `gui/photos/cameras.py` loads this file when a camera is wanted."""

from __future__ import annotations

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoSink,
)

from gui.photos.cameras import (
    CameraDevice,
    CameraLibrary,
    OpenCamera,
    not_allowed,
    out_of_order,
)

SLOWEST = 4.0
"""Pictures a second; in a slower format the live picture lags too far behind."""


class QtCameras(CameraLibrary):
    """The cameras of this computer."""

    def __init__(self) -> None:
        super().__init__()
        self._system = QMediaDevices(self)
        self._system.videoInputsChanged.connect(self.changed)

    def devices(self) -> tuple[CameraDevice, ...]:
        """The system's list, its preferred camera first."""
        preferred = _key(QMediaDevices.defaultVideoInput())
        found = [CameraDevice(_key(d), d.description()) for d in QMediaDevices.videoInputs()]
        return tuple(sorted(found, key=lambda device: device.key != preferred))

    def open(self, device: CameraDevice) -> OpenCamera:
        """Make one ready, in its largest format."""
        found = [d for d in QMediaDevices.videoInputs() if _key(d) == device.key]
        return QtOpenCamera(found[0] if found else QCameraDevice(), device.name, self)


class QtOpenCamera(OpenCamera):
    """The pictures go from the camera into `sink`, beside the window's thread."""

    def __init__(self, device: QCameraDevice, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self.sink = QVideoSink(self)
        self.sink.videoFrameChanged.connect(self._hear)
        self._camera = QCamera(device, self)
        largest = largest_format(device.videoFormats())
        if largest is not None:
            self._camera.setCameraFormat(largest)
        self._camera.errorOccurred.connect(self._fail)
        self._session = QMediaCaptureSession(self)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self.sink)

    def start(self) -> None:
        """Begin, where the system asks for it after the officer's permission."""
        app, permission = QCoreApplication.instance(), QCameraPermission()
        answer = app.checkPermission(permission) if app else Qt.PermissionStatus.Granted
        if app and answer is Qt.PermissionStatus.Undetermined:
            app.requestPermission(permission, self, self._answered)
        else:
            self._begin(answer)

    def _answered(self, permission: QCameraPermission) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            self._begin(app.checkPermission(permission))

    def _begin(self, answer: Qt.PermissionStatus) -> None:
        if answer is Qt.PermissionStatus.Granted:
            self._camera.start()
            if self._camera.error() is not QCamera.Error.NoError:  # since before `start`
                self._fail(self._camera.error(), self._camera.errorString())
        else:
            self.failed.emit(not_allowed())

    def _hear(self, frame: QVideoFrame) -> None:
        if frame.isValid():
            self.came.emit(frame.toImage)

    def _fail(self, _error: QCamera.Error, cause: str) -> None:
        self.failed.emit(out_of_order(self._name, cause))

    def close(self) -> None:
        """Stop, and free the device."""
        self.sink.videoFrameChanged.disconnect(self._hear)
        self._camera.stop()
        self.deleteLater()


def largest_format(formats: list[QCameraFormat]) -> QCameraFormat | None:
    """The format with the most pixels that is fast enough to aim by; None without any format."""
    return max(
        formats,
        key=lambda one: (
            one.maxFrameRate() >= SLOWEST,
            one.resolution().width() * one.resolution().height(),
            one.maxFrameRate(),
        ),
        default=None,
    )


def _key(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "replace")
