"""The link emulator: its model without any clock, then the relay over real sockets."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random

import pytest

from tests.link.emulator import Counts, Link
from tests.link.events import Events
from tests.link.profiles import AWFUL, GOOD, GPRS, HEADERS, POOR, PROFILES, SEGMENT, Profile
from tests.link.tcp import Line, Stream

FAST = Profile("fast", 8_000_000_000, 0.0)
"""A link that is only a relay."""


class End:
    """The receiving end of a stream: what came, and when."""

    def __init__(self, profile: Profile, seed: int = 1) -> None:
        self.events = Events()
        self.line = Line(profile, self.events, Random(seed))
        self.data = bytearray()
        self.first: float | None = None
        self.last = 0.0
        self.stream = self.opened()

    def opened(self) -> Stream:
        """Another stream to this end, whose handshake is done."""
        stream = self.line.stream(self._take)
        stream.begin()
        return stream

    def _take(self, data: bytes) -> None:
        if self.first is None:
            self.first = self.events.now
        self.last = self.events.now
        self.data += data


@pytest.mark.parametrize("name", PROFILES)
def test_all_bytes_arrive_in_order_on_every_link(name: str) -> None:
    end = End(PROFILES[name])
    sent = Random(7).randbytes(200_000)
    end.stream.write(sent)
    end.events.run_until(600)
    assert end.data == sent
    assert end.stream.bytes_sent == end.stream.bytes_arrived == len(sent)
    lossy = PROFILES[name].loss > 0
    assert (end.stream.bytes_again > 0) is lossy


def test_the_first_byte_comes_after_half_a_round_trip_and_the_bandwidth_is_kept() -> None:
    end = End(AWFUL)
    end.stream.write(bytes(SEGMENT))
    end.events.run_until(60)
    alone = (SEGMENT + HEADERS) / AWFUL.bytes_per_second
    assert end.first == pytest.approx(0.4 + alone)

    end = End(AWFUL)
    end.stream.write(bytes(1_000_000))
    end.events.run_until(600)
    least = 1_000_000 * (1 + HEADERS / SEGMENT) / AWFUL.bytes_per_second
    assert least <= end.last <= least * 1.08


def test_one_stream_cannot_fill_a_line_that_loses_packets_and_four_can() -> None:
    def spent(streams: int) -> float:
        end = End(POOR)
        for stream in (end.stream, *(end.opened() for _ in range(streams - 1))):
            stream.write(bytes(4_000_000 // streams))
        end.events.run_until(900)
        assert len(end.data) == 4_000_000
        return end.last

    assert spent(4) < 0.75 * spent(1)


def test_a_new_stream_does_not_wait_behind_those_that_fill_the_line() -> None:
    end = End(AWFUL)
    for stream in (end.stream, end.opened(), end.opened()):
        stream.write(bytes(2_000_000))
    end.events.run_until(15)
    came: list[float] = []
    text = end.line.stream(lambda _: came.append(end.events.now))
    text.begin()
    text.write(bytes(1_000))
    end.events.run_until(30)
    assert came[0] - 15 < 1.0


def test_what_is_under_way_at_a_cut_is_lost_and_counted() -> None:
    end = End(AWFUL)
    end.stream.write(bytes(1_000_000))
    end.events.run_until(10)
    arrived = end.stream.bytes_arrived
    end.line.remove(end.stream)
    end.line.clear()
    end.events.run_until(60)
    assert len(end.data) == arrived
    on_the_line = AWFUL.one_way * AWFUL.bytes_per_second
    assert on_the_line / 2 < end.line.bytes_dropped < 2.5 * on_the_line


def test_nothing_passes_a_dead_line_and_everything_comes_when_it_is_back() -> None:
    end = End(GPRS)
    end.stream.write(bytes(30_000))
    end.events.run_until(2)
    end.line.freeze()
    before = len(end.data)
    end.events.run_until(60)
    assert len(end.data) == before
    end.line.thaw()
    end.events.run_until(300)
    assert len(end.data) == 30_000


def test_an_event_that_is_handled_late_counts_at_its_own_time() -> None:
    events, times = Events(), []
    events.at(1.0, lambda: events.after(1.0, lambda: times.append(events.now)))
    events.run_until(100.0)
    assert times == [2.0]


@contextmanager
def an_echo() -> Iterator[tuple[str, int]]:
    """A server that sends back what it gets, and closes when its client does."""

    def serve(line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            while data := line.recv(65_536):
                line.sendall(data)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = server.accept()
                threading.Thread(target=serve, args=(line,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()
        server.shutdown(socket.SHUT_RDWR)


def exchanged(link: Link, data: bytes) -> bytes:
    """What comes back over a connection of its own, until the other end closes."""
    with socket.create_connection(("127.0.0.1", link.port), 60) as line:
        sender = threading.Thread(target=_send, args=(line, data))
        sender.start()
        back = bytearray()
        while piece := line.recv(65_536):
            back += piece
        sender.join()
        return bytes(back)


def _send(line: socket.socket, data: bytes) -> None:
    line.sendall(data)
    line.shutdown(socket.SHUT_WR)


def test_the_relay_changes_nothing_and_counts_what_passes() -> None:
    data = Random(1).randbytes(300_000)
    with an_echo() as target, Link(FAST, target) as link:
        for _ in range(2):
            assert exchanged(link, data) == data
        counts: Counts = link.counted()
    assert (counts.connections, counts.cuts, counts.up_dropped) == (2, 0, 0)
    assert counts.up == counts.down == counts.up_arrived == 600_000
    assert counts.up_wire > counts.up
    assert counts.turns >= 2


def test_a_cut_ends_all_connections_at_once_and_new_ones_work() -> None:
    with an_echo() as target, Link(FAST, target) as link:
        lines = [socket.create_connection(("127.0.0.1", link.port), 60) for _ in range(3)]
        for line in lines:
            line.sendall(b"x")
            assert line.recv(1) == b"x"
        link.cut()
        for line in lines:
            with line, pytest.raises(ConnectionResetError):
                line.recv(1)
        assert exchanged(link, b"again") == b"again"
        assert link.counted().cuts == 1


def test_a_link_cuts_by_itself_from_the_first_connection_on() -> None:
    often = replace(FAST, cut_every=0.05)
    with an_echo() as target, Link(often, target) as link:
        with (
            socket.create_connection(("127.0.0.1", link.port), 60) as line,
            pytest.raises(ConnectionResetError),
        ):
            line.recv(1)
        assert link.counted().cuts >= 1


def try_it(line: socket.socket) -> None:
    """Say something and wait for an answer."""
    line.sendall(b"x")
    line.recv(1)


def test_without_a_server_the_client_is_reset() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        target = closed.getsockname()
    with (
        Link(GOOD, target) as link,
        socket.create_connection(("127.0.0.1", link.port), 60) as line,
        pytest.raises(ConnectionResetError),
    ):
        try_it(line)
