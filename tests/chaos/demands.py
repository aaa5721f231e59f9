"""What must hold, at any time and at the end of a history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from acts.hub.try_again import try_again
from hub.check import check
from tests.chaos.parts import Machine, journal_of, named_by, originals_of

if TYPE_CHECKING:
    from tests.chaos.world import World

ANSWERS = 2
"""With the first the workstation hears what the hub lost, with the second that it brought that."""
STICKS = 3
"""One more where the first answer is to the question of another copy of the folder."""
ROUNDS = 8
"""Of undisturbed synchronisation at the end, until everything must be everywhere."""


def held_is_held(world: World, machine: Machine) -> None:
    """Nothing counts as delivered that the hub does not hold, unless it lost it."""
    site = world.site
    missing = names_in(machine, "held") - set(site.entries()) - site.photos()
    assert missing <= world.lost, (
        f"{machine.name} counts {len(missing - world.lost)} things as delivered"
        " that the hub never held"
    )


def names_in(machine: Machine, table: str) -> set[bytes]:
    """The hashes in a table of the workstation."""
    rows = machine.ws.db.execute(f"SELECT hash FROM {table}").fetchall()
    return {bytes(row[0]) for row in rows}


def settle_down(world: World) -> None:
    """The link is good, nobody does anything more: everything must arrive everywhere."""
    _get_ready(world)
    _network(world)
    at_the_end(world)


def settle_by_stick(world: World) -> None:
    """There is no link any more: by stick alone everything must arrive at the hub, and every
    workstation must hear of it. The network then brings nothing that was not there.
    """
    _get_ready(world)
    for machine in world.living():
        taken = 0
        for _ in range(STICKS):
            taken += taken < ANSWERS and world.sticks.round_trip(machine.ws)
        mine, waiting = journal_of(machine), names_in(machine, "waiting")
        entries, photos = world.site.entries(), world.site.photos()
        apart = world.headquarters.held_apart()
        assert set(mine) <= entries.keys() | apart.keys(), (
            f"the stick brought not all entries of {machine.name}"
        )
        assert originals_of(machine) <= photos, (
            f"the stick brought not all photos of {machine.name}"
        )
        still = waiting & (set(entries) | photos)
        assert not still, f"{machine.name} did not hear of {len(still)} things that the hub holds"
    before = set(world.site.entries()), world.site.photos()
    _network(world)
    assert (set(world.site.entries()), world.site.photos()) == before
    at_the_end(world)


def _get_ready(world: World) -> None:
    for clock in (world.site.clock, *(machine.clock for machine in world.machines)):
        clock.ahead = 0
    world.site.close()
    if world.put_back:
        world.site.begin_epoch()
    world.site.start()
    check(world.site.hub, ask_again=True)
    for machine in world.living():
        world.headquarters.help(machine)
        try_again(machine.ws)  # an answer that was changed on the way may have set things aside


def _network(world: World) -> None:
    before = None
    for _ in range(ROUNDS):
        for machine in world.living():
            world.headquarters.help(machine)  # of two copies one has the valid token
            world.bring(machine, tries=2)
            world.note(machine)
        now = [len(world.site.entries()), *(len(journal_of(each)) for each in world.machines)]
        if now == before:
            break
        before = now
    else:
        raise AssertionError("hub and workstations do not come to rest")


def at_the_end(world: World) -> None:
    """Exactly once, byte for byte, at the hub; each journal whole; nothing believed."""
    site, ledger = world.site, world.ledger
    entries, photos = site.entries(), site.photos()
    apart = world.headquarters.held_apart()
    unknown = (entries.keys() | apart.keys()) - ledger.keys()
    assert not unknown, f"{len(unknown)} entries at the hub that nobody made"
    assert not apart.keys() & entries.keys(), "an entry is held and held apart"
    for name, entry in (*entries.items(), *apart.items()):
        assert entry == ledger[name], "an entry differs at the hub"
    world.headquarters.nothing_slipped_in()
    for machine in world.living():
        mine = journal_of(machine)
        missing = mine.keys() - entries.keys() - apart.keys()
        assert not missing, f"the hub lacks {len(missing)} entries of {machine.name}"
        theirs = {n for n, e in entries.items() if e.head.device == machine.ws.device}
        assert theirs <= set(mine), f"{machine.name} lacks {len(theirs - set(mine))} entries"
        originals = originals_of(machine)
        assert machine.kept & named_by(machine) <= originals, f"{machine.name} lost photos"
        lacking = originals - photos
        assert not lacking, f"the hub lacks {len(lacking)} photos of {machine.name}"
        _only_what_is_lost_or_held_apart_waits(machine, photos, set(apart))
        held = names_in(machine, "held")
        assert held <= set(entries) | photos, f"{machine.name} does not know what the hub lost"
    for machine in world.machines:
        held_is_held(world, machine)  # one that was ended does not hear of losses any more
    for name in photos:
        assert name in world.photos, "a photo at the hub that nobody took"
        assert site.photo_file(name).read_bytes() == world.photos[name]
    files = {path.name for path in (site.folder / "objects" / "photos").glob("??/*")}
    assert {name for name in files if len(name) == 64} == {name.hex() for name in photos}


def _only_what_is_lost_or_held_apart_waits(
    machine: Machine, photos: set[bytes], apart: set[bytes]
) -> None:
    """Photos may wait whose bytes are nowhere any more, and entries that wait for a person."""
    for name, what in machine.ws.db.execute("SELECT hash, what FROM waiting").fetchall():
        if what == "photo":
            assert bytes(name) not in photos, f"a photo of {machine.name} waits for ever"
        else:
            assert bytes(name) in apart, f"an entry of {machine.name} waits for ever"
