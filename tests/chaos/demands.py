"""What must hold, at any time and at the end of a history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hub.check import check
from tests.chaos.parts import Machine, journal_of, named_by, originals_of

if TYPE_CHECKING:
    from tests.chaos.world import World

ROUNDS = 8
"""Of undisturbed synchronisation at the end, until everything must be everywhere."""


def held_is_held(world: World, machine: Machine) -> None:
    """Nothing counts as delivered that the hub does not hold, unless it lost it."""
    rows = machine.ws.db.execute("SELECT hash FROM held").fetchall()
    site = world.site
    missing = {bytes(row[0]) for row in rows} - set(site.entries()) - site.photos()
    assert missing <= world.lost, (
        f"{machine.name} counts {len(missing - world.lost)} things as delivered"
        " that the hub never held"
    )


def settle_down(world: World) -> None:
    """The link is good, nobody does anything more: everything must arrive everywhere."""
    for clock in (world.site.clock, *(machine.clock for machine in world.machines)):
        clock.ahead = 0
    world.site.close()
    world.site.start()
    check(world.site.hub, ask_again=True)
    before = None
    for _ in range(ROUNDS):
        for machine in world.living():
            world.bring(machine, tries=2)
            world.note(machine)
        now = [len(world.site.entries()), *(len(journal_of(each)) for each in world.machines)]
        if now == before:
            break
        before = now
    else:
        raise AssertionError("hub and workstations do not come to rest")
    world.lost = set()
    at_the_end(world)


def at_the_end(world: World) -> None:
    """Exactly once, byte for byte, at the hub; each journal whole; nothing believed."""
    site, ledger = world.site, world.ledger
    entries, photos = site.entries(), site.photos()
    unknown = set(entries) - set(ledger)
    assert not unknown, f"{len(unknown)} entries at the hub that nobody made"
    for name, entry in entries.items():
        assert entry == ledger[name], "an entry differs at the hub"
    for machine in world.living():
        mine = journal_of(machine)
        missing = set(mine) - set(entries)
        assert not missing, f"the hub lacks {len(missing)} entries of {machine.name}"
        theirs = {n for n, e in entries.items() if e.head.device == machine.ws.device}
        assert theirs == set(mine), f"{machine.name} lacks {len(theirs - set(mine))} entries"
        originals = originals_of(machine)
        assert machine.kept & named_by(machine) <= originals, f"{machine.name} lost photos"
        lacking = originals - photos
        assert not lacking, f"the hub lacks {len(lacking)} photos of {machine.name}"
        _only_lost_photos_wait(machine, photos)
    for machine in world.machines:
        held_is_held(world, machine)
    for name in photos:
        assert name in world.photos, "a photo at the hub that nobody took"
        assert site.photo_file(name).read_bytes() == world.photos[name]
    files = {path.name for path in (site.folder / "objects" / "photos").glob("??/*")}
    assert {name for name in files if len(name) == 64} == {name.hex() for name in photos}


def _only_lost_photos_wait(machine: Machine, photos: set[bytes]) -> None:
    """Only photos may wait whose bytes are nowhere any more."""
    for name, what in machine.ws.db.execute("SELECT hash, what FROM waiting").fetchall():
        assert what == "photo", f"an entry of {machine.name} waits for ever"
        assert bytes(name) not in photos, f"a photo of {machine.name} waits for ever"
