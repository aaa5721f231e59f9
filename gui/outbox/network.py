"""The computer's connection to a network, as the system reports it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Network(QObject):
    """`changed` is sent when the computer gets another connection, or one that costs differently.

    A system that reports nothing counts as one whose connection never changes and is not metered.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.metered = False
        """Whether the system counts the connection as one that costs by the byte."""
        self._watches = False

    def watch(self) -> None:
        """From now on follow what the system reports; a second call changes nothing."""
        if self._watches:
            return
        self._watches = True
        # QtNetwork takes 10 ms to load; the desk shows its first screen without it.
        from PySide6.QtNetwork import QNetworkInformation

        if not QNetworkInformation.loadDefaultBackend():
            return
        report = QNetworkInformation.instance()
        self.metered = report.isMetered()
        report.isMeteredChanged.connect(self._meter)
        report.reachabilityChanged.connect(lambda _reach: self.changed.emit())
        report.transportMediumChanged.connect(lambda _medium: self.changed.emit())

    def _meter(self, metered: bool) -> None:
        self.metered = metered
        self.changed.emit()
