"""Network and stick in any order and mixture give the same hub: each thing once, byte for byte."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from storage import hub_memory
from sync.open import open_carrier
from sync.run import synchronise
from sync.stick.bring import import_stick
from sync.stick.export import export
from sync.wire.stick import bundles_on
from tests.builders import BEGUN
from tests.hub.conftest import run_hub
from tests.stick.conftest import Post


class History:
    """What happens to one post, one hub and one stick, by chance."""

    def __init__(self, post: Post, elsewhere: Path, seed: int) -> None:
        self.post = post
        self.elsewhere = elsewhere
        self.chance = random.Random(seed)

    def step(self) -> None:
        """One thing that happens."""
        self.chance.choice(
            (
                self.record,
                self.write,
                self.write,
                self.stop,
                self.damage,
                self.duplicate,
                self.bring_some,
                self.bring_some,
                self.answer,
                self.network,
                self.hub_again,
            )
        )()

    def record(self) -> None:
        self.post.record(self.chance.randint(1, 2))

    def write(self) -> None:
        self.post.export(size=self.chance.choice((12_000, 30_000, 10_000_000)))

    def stop(self) -> None:
        left = iter(range(self.chance.randint(0, 6)))
        self.post.export(size=12_000, cancelled=lambda: next(left, None) is None)

    def damage(self) -> None:
        """A file loses its end, or one of its bytes."""
        files = bundles_on(self.post.stick)
        if files:
            path = self.chance.choice(files)
            data = bytearray(path.read_bytes())
            if self.chance.random() < 0.5:
                data = data[: self.chance.randrange(len(data))]
            elif data:
                data[self.chance.randrange(len(data))] ^= 1 << self.chance.randrange(8)
            path.write_bytes(data)

    def duplicate(self) -> None:
        """A stranger keeps a copy and brings it later."""
        for path in bundles_on(self.post.stick):
            if self.chance.random() < 0.5:
                (self.elsewhere / path.name).write_bytes(path.read_bytes())

    def bring_some(self) -> None:
        """The hub gets some files, in any order."""
        files = [*bundles_on(self.post.stick), *bundles_on(self.elsewhere)]
        self.chance.shuffle(files)
        for path in files[: self.chance.randint(0, len(files))]:
            self.post.hub.take(path)

    def hub_again(self) -> None:
        """The whole stick at the hub's machine."""
        self.post.hub.take(self.post.stick)

    def answer(self) -> None:
        with self.post.place.open() as ws:
            import_stick(ws, self.post.stick, url="http://127.0.0.1:9")

    def network(self) -> None:
        """A link for a while."""
        with run_hub(self.post.hub.folder) as running, self.post.place.open() as ws:
            synchronise(ws, lambda: open_carrier(ws, url=running.url), tries=1)

    def at_the_end(self) -> None:
        """Everything that waits goes on a stick that nothing happens to."""
        for path in (*bundles_on(self.post.stick), *bundles_on(self.elsewhere)):
            path.unlink()
        with self.post.place.open() as ws:
            export(ws, self.post.stick, anew=True)
        self.post.hub.take(self.post.stick)
        with self.post.place.open() as ws:
            import_stick(ws, self.post.stick, url="http://127.0.0.1:9")
            assert hub_memory.count_waiting(ws.db) == 0


@pytest.mark.parametrize("seed", range(8))
def test_any_mixture_gives_the_same_hub(post: Post, tmp_path: Path, seed: int) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    history = History(post, elsewhere, seed)
    for _ in range(14):
        history.step()
        held = post.hub.holds()
        # nothing is acknowledged that is not held
        with post.place.open() as ws:
            signed = {bytes(h).hex() for (h,) in ws.db.execute("SELECT hash FROM held")}
        assert signed <= held["entry"] | held["photo"]
    history.at_the_end()
    held = post.hub.holds()
    assert (held["entry"], held["photo"]) == (post.journal(), post.photos())
    assert len(held["interception"]) == len(post.journal()) - BEGUN
