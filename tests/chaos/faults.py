"""What may happen to a request and its answer on the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

import httpx2

from tests.chaos.net import Answered, Asked, Net

HTML = b"<html><body>502 Bad Gateway</body></html>"
OLD_ANSWERS = 12
LATE_REQUESTS = 20


@dataclass
class Faults:
    """A fate with a share of bad luck. It keeps old answers and requests, to bring them again."""

    random: Random
    share: float = 0.0
    """The share of requests to which something happens."""
    meanwhile: Callable[[int], None] = lambda _: None
    """Called before each request with its number: other things happen at the same time."""
    judge: Callable[[Asked, Answered], None] = lambda asked, answered: None
    """Called with every answer of the hub as it leaves the hub."""
    old: dict[tuple[str, str], list[Answered]] = field(default_factory=lambda: defaultdict(list))
    late: list[Asked] = field(default_factory=list)
    number: int = 0

    def __call__(self, net: Net, asked: Asked) -> Answered:
        self.number += 1
        self.meanwhile(self.number)
        if self.random.random() >= self.share:
            return self._answer(net, asked)
        return self.random.choice(KINDS)(self, net, asked)

    def _answer(self, net: Net, asked: Asked, *, cut_at: int | None = None) -> Answered:
        answered = net.deliver(asked, cut_at=cut_at)
        self.judge(asked, answered)
        if self.random.random() < 0.5:
            kept = self.old[asked.route]
            kept.append(answered)
            del kept[:-OLD_ANSWERS]
        return answered

    def lost(self, net: Net, asked: Asked) -> Answered:
        """The request does not arrive."""
        raise httpx2.ReadError("cut")

    def no_way(self, net: Net, asked: Asked) -> Answered:
        """Nobody can be reached."""
        raise httpx2.ConnectTimeout("no way")

    def late_request(self, net: Net, asked: Asked) -> Answered:
        """The request arrives much later, when its sender has given up."""
        self.late.append(asked)
        del self.late[:-LATE_REQUESTS]
        raise httpx2.ReadTimeout("too slow")

    def cut(self, net: Net, asked: Asked) -> Answered:
        """The line is cut somewhere in the body of the request."""
        self._answer(net, asked, cut_at=self.random.randint(0, len(asked.body)))
        raise httpx2.WriteError("cut")

    def answer_lost(self, net: Net, asked: Asked) -> Answered:
        """The request arrives, its answer does not."""
        self._answer(net, asked)
        raise httpx2.ReadError("cut")

    def twice(self, net: Net, asked: Asked) -> Answered:
        """The request arrives twice; the first or the second answer comes back."""
        return self.random.choice([self._answer(net, asked), self._answer(net, asked)])

    def old_answer(self, net: Net, asked: Asked) -> Answered:
        """An earlier answer to the same question comes back, from a cache or a thief."""
        kept = self.old[asked.route]
        return self.random.choice(kept) if kept else self._answer(net, asked)

    def other_answer(self, net: Net, asked: Asked) -> Answered:
        """The answer to another question comes back."""
        kept = [answer for some in self.old.values() for answer in some]
        return self.random.choice(kept) if kept else self._answer(net, asked)

    def changed_answer(self, net: Net, asked: Asked) -> Answered:
        """Some bytes of the answer are changed."""
        answered = self._answer(net, asked)
        return replace(answered, body=self._changed(answered.body))

    def short_answer(self, net: Net, asked: Asked) -> Answered:
        """The answer ends too early and looks whole."""
        answered = self._answer(net, asked)
        return replace(answered, body=answered.body[: len(answered.body) // 2])

    def changed_request(self, net: Net, asked: Asked) -> Answered:
        """Some bytes of the request are changed on the way to the hub."""
        return self._answer(net, replace(asked, body=self._changed(asked.body)))

    def wrong_offset(self, net: Net, asked: Asked) -> Answered:
        """The hub's word about an upload's offset is changed."""
        answered = self._answer(net, asked)
        value = str(self.random.choice([0, 1, 17, 1000, 10**9])).encode()
        headers = tuple(
            (name, value if name.lower() == b"upload-offset" else old)
            for name, old in answered.headers
        )
        return replace(answered, headers=headers)

    def proxy(self, net: Net, asked: Asked) -> Answered:
        """A proxy answers in the hub's place."""
        return Answered(
            self.random.choice([200, 302, 403, 413, 500, 502, 503]),
            ((b"content-type", b"text/html"),),
            HTML,
        )

    def _changed(self, data: bytes) -> bytes:
        changed = bytearray(data)
        for _ in range(self.random.randint(1, 3)):
            if changed:
                changed[self.random.randrange(len(changed))] ^= 1 << self.random.randrange(8)
        return bytes(changed)


KINDS: list[Callable[[Faults, Net, Asked], Answered]] = [
    Faults.lost,
    Faults.lost,
    Faults.no_way,
    Faults.late_request,
    Faults.cut,
    Faults.cut,
    Faults.cut,
    Faults.answer_lost,
    Faults.answer_lost,
    Faults.twice,
    Faults.old_answer,
    Faults.other_answer,
    Faults.changed_answer,
    Faults.short_answer,
    Faults.changed_request,
    Faults.wrong_offset,
    Faults.proxy,
]
