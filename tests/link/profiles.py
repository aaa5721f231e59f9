"""The links of the field, as numbers."""

from __future__ import annotations

from dataclasses import dataclass

SEGMENT = 1448
"""Bytes of payload in one segment of TCP over Ethernet."""
HEADERS = 52
"""Bytes of the IP and TCP headers of one segment."""


@dataclass(frozen=True)
class Profile:
    """A link. Each direction has the whole bandwidth; a cut ends all connections at once."""

    name: str
    bits_per_second: int
    round_trip: float
    """Seconds from a segment to its acknowledgement on an idle line; half of it each way."""
    loss: float = 0.0
    """The share of segments that do not arrive."""
    cut_every: float = 0.0
    """Seconds between two cuts; 0 for a link that is never cut."""
    outage: float = 0.0
    """Seconds after a cut in which nothing passes, and new connections wait."""

    @property
    def bytes_per_second(self) -> float:
        """The bandwidth of one direction, headers included."""
        return self.bits_per_second / 8

    @property
    def one_way(self) -> float:
        """Seconds from one end to the other."""
        return self.round_trip / 2

    @property
    def queue(self) -> int:
        """Segments that wait in the modem at most: a quarter of a second, and at least four."""
        return max(4, round(self.bytes_per_second / 4 / (SEGMENT + HEADERS)))


GOOD = Profile("good", 20_000_000, 0.040)
POOR = Profile("poor", 1_000_000, 0.600, loss=0.01)
AWFUL = Profile("awful", 256_000, 0.800, cut_every=20.0)
GPRS = Profile("gprs", 64_000, 0.800, loss=0.02, cut_every=30.0)
PROFILES = {profile.name: profile for profile in (GOOD, POOR, AWFUL, GPRS)}
