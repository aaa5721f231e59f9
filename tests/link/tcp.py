"""One direction of one TCP connection over a slow line, and the line that several of them share.

Modelled: handshake, slow start from ten segments, CUBIC (RFC 9438) after losses, slow start after
idle, retransmission after three later segments arrived or after a timeout, in-order delivery, the
fair sharing of the line, a modem that queues a quarter of a second and then holds the senders back.
Not modelled: acknowledgements take no bandwidth and are never lost; no sender overflows a queue.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.link.events import Events
from tests.link.profiles import HEADERS, SEGMENT, Profile

FIRST_WINDOW = 10.0
"""Segments (RFC 6928)."""
CUBIC, SHRINK = 0.4, 0.7
"""The constants C and beta of RFC 9438."""
REORDERED = 3
"""Segments that must arrive after a missing one before it counts as lost."""
LEAST_TIMEOUT = 0.2
READ_AHEAD = 16 * SEGMENT
"""Bytes taken from a sender's socket before they are on the line; the others stay in its kernel."""


@dataclass(eq=False)
class Segment:
    """Bytes on the line."""

    number: int
    data: bytes
    tries: int = 0
    sent_at: float = 0.0
    arrived: bool = False
    acknowledged: bool = False
    waits_again: bool = False


class Window:
    """How many segments may be under way: slow start, then CUBIC."""

    def __init__(self) -> None:
        self.size = FIRST_WINDOW
        self.threshold = float("inf")
        self._highest = 0.0
        self._since: float | None = None

    def acknowledged(self, now: float, round_trip: float) -> None:
        """Grow: one segment arrived while the window was full."""
        if self.size < self.threshold:
            self.size += 1
            return
        if self._since is None:
            self._since, self._highest = now, max(self._highest, self.size)
        back = (self._highest * (1 - SHRINK) / CUBIC) ** (1 / 3)
        aim = CUBIC * (now - self._since + round_trip - back) ** 3 + self._highest
        self.size += max(0.01, min(0.5, (aim - self.size) / self.size))

    def shrink(self, now: float) -> None:
        """A segment was lost."""
        self._highest, self._since = self.size, now
        self.size = max(2.0, self.size * SHRINK)
        self.threshold = self.size

    def begin_anew(self) -> None:
        """Nothing arrives any more: begin with one segment."""
        self.threshold, self.size, self._since = max(2.0, self.size * SHRINK), 1.0, None

    def rest(self) -> None:
        """Nothing was sent for some time: begin with the first window, growing quickly."""
        self.threshold = max(self.threshold, self.size * 0.75)
        self.size = min(self.size, FIRST_WINDOW)


class Stream:
    """One direction of a connection: bytes go in at one end and come out at the other in order."""

    def __init__(self, line: Line, deliver: Callable[[bytes], None]) -> None:
        self._line, self._events = line, line.events
        self._deliver = deliver
        self._waiting = bytearray()
        self._again: deque[Segment] = deque()
        self._unacknowledged: dict[int, Segment] = {}
        self._early: dict[int, Segment] = {}
        self._next, self._expected, self._highest_heard = 0, 0, -1
        self._recovered_at = -1
        self._under_way = 0
        self._window = Window()
        self._end: Callable[[], None] | None = None
        self._last_sent = 0.0
        self.open = False
        self.dead = False
        self.bytes_sent = self.bytes_again = self.bytes_arrived = 0
        """Payload put on the line for the first time, put on it again after a loss, delivered."""

    @property
    def crowded(self) -> bool:
        """Whether the sender should wait before it hands over more."""
        return len(self._waiting) >= READ_AHEAD

    def begin(self) -> None:
        """The handshake is done: bytes may be sent."""
        self.open = True
        self._line.go()

    def write(self, data: bytes) -> None:
        """Take bytes from the sender."""
        self._waiting += data
        self._line.go()

    def end(self, then: Callable[[], None]) -> None:
        """Call `then` at the other end once all bytes have arrived there."""
        self._end = then
        self._end_if_empty()

    def kill(self) -> int:
        """The connection is over: nothing on the line arrives. Returns how many bytes that takes
        with it.
        """
        lost = 0 if self.dead else self.bytes_sent - self.bytes_arrived
        self.dead = True
        return lost

    @property
    def ready(self) -> bool:
        """Whether a segment can be sent now."""
        if self.dead or not self.open:
            return False
        return bool(self._again) or (
            bool(self._waiting) and self._under_way < max(1, int(self._window.size))
        )

    def next_segment(self) -> Segment:
        """The next segment for the line; lost ones go first."""
        now = self._events.now
        if self._again:
            segment = self._again.popleft()
            segment.waits_again = False
            self.bytes_again += len(segment.data)
        else:
            if not self._unacknowledged and now - self._last_sent > self._timeout(0):
                self._window.rest()
            segment = Segment(self._next, bytes(self._waiting[:SEGMENT]))
            del self._waiting[:SEGMENT]
            self._next += 1
            self._unacknowledged[segment.number] = segment
            self.bytes_sent += len(segment.data)
        segment.tries += 1
        segment.sent_at = self._last_sent = now
        self._under_way += 1
        self._watch(segment)
        return segment

    def arrive(self, segment: Segment) -> None:
        """The segment reached the other end."""
        if self.dead:
            return
        self._events.after(self._line.profile.one_way, lambda: self._hear(segment))
        if segment.arrived:
            return
        segment.arrived = True
        self._early[segment.number] = segment
        while (found := self._early.pop(self._expected, None)) is not None:
            self._expected += 1
            self.bytes_arrived += len(found.data)
            self._deliver(found.data)
        self._end_if_empty()

    def _end_if_empty(self) -> None:
        if self._end is None or self._waiting or self._expected < self._next:
            return
        then, self._end = self._end, None
        self._events.after(self._line.profile.one_way, lambda: None if self.dead else then())

    def _hear(self, segment: Segment) -> None:
        """The acknowledgement of the segment is back at the sender."""
        if self.dead or segment.acknowledged:
            return
        full = self._under_way + 1 >= int(self._window.size)
        segment.acknowledged = True
        self._under_way = max(0, self._under_way - 1)
        self._unacknowledged.pop(segment.number, None)
        self._highest_heard = max(self._highest_heard, segment.number)
        if full:
            self._window.acknowledged(self._events.now, self._line.profile.round_trip)
        for number in list(self._unacknowledged):
            if number > self._highest_heard - REORDERED:
                break
            missing = self._unacknowledged[number]
            if missing.tries == 1 and not missing.waits_again:
                self._lost(missing)
        self._line.go()

    def _lost(self, segment: Segment) -> None:
        if segment.number > self._recovered_at:
            self._window.shrink(self._events.now)
            self._recovered_at = self._next
        self._send_again(segment)

    def _send_again(self, segment: Segment) -> None:
        segment.waits_again = True
        self._under_way = max(0, self._under_way - 1)
        self._again.append(segment)

    def _watch(self, segment: Segment) -> None:
        """Send it again after a timeout, when neither it nor later segments were acknowledged."""
        sent_at = segment.sent_at

        def ring() -> None:
            if self.dead or segment.acknowledged or segment.waits_again:
                return
            if segment.sent_at != sent_at:
                return  # sent again meanwhile; that try has its own timer
            if segment.tries > 1:
                self._window.begin_anew()
            self._send_again(segment)
            self._line.go()

        self._events.after(self._timeout(segment.tries - 1), ring)

    def _timeout(self, tries: int) -> float:
        """Seconds: two round trips with the queue, twice as long after each further try."""
        base = 2 * (self._line.profile.round_trip + self._line.longest_queue) + LEAST_TIMEOUT
        return float(base * 2 ** min(tries, 5))


class Line:
    """One direction of the link. Streams with bytes take turns; what is queued keeps its order."""

    def __init__(self, profile: Profile, events: Events, random: Random) -> None:
        self.profile, self.events = profile, events
        self._random = random
        self._streams: deque[Stream] = deque()
        self._queued = 0
        self._free_at = 0.0
        self.frozen = False
        self.bytes_on_wire = 0
        """With headers, and with segments that were lost."""
        self.bytes_dropped = 0
        """Payload that was on the line and did not arrive, because its connection was cut."""
        self._generation = 0

    @property
    def longest_queue(self) -> float:
        """Seconds that a segment waits in the modem at most."""
        whole = SEGMENT + HEADERS
        return self.profile.queue * whole / self.profile.bytes_per_second

    def stream(self, deliver: Callable[[bytes], None]) -> Stream:
        """A new stream over this line."""
        made = Stream(self, deliver)
        self._streams.append(made)
        return made

    def remove(self, stream: Stream) -> None:
        """The stream's connection is over."""
        self.bytes_dropped += stream.kill()
        if stream in self._streams:
            self._streams.remove(stream)

    def clear(self) -> None:
        """Drop what waits in the modem, as when its call ends."""
        self._generation += 1
        self._queued, self._free_at = 0, self.events.now

    def freeze(self) -> None:
        """From now on nothing leaves and nothing arrives; no end hears of it."""
        self.frozen = True

    def thaw(self) -> None:
        """Segments pass again; those that were on the line are lost and sent again in time."""
        self.frozen = False
        self.go()

    def go(self) -> None:
        """Queue segments of the streams in turn while the modem has room."""
        while not self.frozen and self._queued < self.profile.queue:
            stream = next((one for one in self._streams if one.ready), None)
            if stream is None:
                return
            self._streams.remove(stream)
            self._streams.append(stream)
            self._queue(stream, stream.next_segment())

    def _queue(self, stream: Stream, segment: Segment) -> None:
        self._queued += 1
        whole = len(segment.data) + HEADERS
        self._free_at = max(self._free_at, self.events.now) + whole / self.profile.bytes_per_second
        lost = self.profile.loss > 0 and self._random.random() < self.profile.loss
        generation = self._generation

        def leave() -> None:
            if generation != self._generation:
                return
            self._queued -= 1
            self.bytes_on_wire += whole
            if not (lost or self.frozen):
                self.events.after(self.profile.one_way, arrive)
            self.go()

        def arrive() -> None:
            if not self.frozen:
                stream.arrive(segment)

        self.events.at(self._free_at, leave)
