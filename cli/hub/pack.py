"""`hub pack`: publish packs to the workstations, list them, withdraw one; the keys that sign them.

`key` needs no hub: it makes and shows the key of an operation.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from acts.errors import OptionsRefused
from acts.station.operation_key import make_key_file, open_key_file, public_file, public_half
from cli.options.files import read_bytes
from cli.options.hub_stores import add_database
from cli.options.operation_key import (
    add_fingerprint,
    confirmed_key,
    key_in_words,
    passphrase_of_key,
)
from cli.options.pack_findings import tell_refused_pack, tell_remarks_on_pack
from cli.options.secrets import new_passphrase
from domain.errors import PackRefused
from domain.words import mark, one_line
from hub.build import open_registry
from hub.feed import published, signature_of
from hub.hub import Registry
from hub.operation_keys import give_key, given_keys, take_back_key
from hub.pages.words import utc_time
from hub.publishing import (
    PublishedPack,
    preview_pack,
    publish_pack,
    withdraw_file,
    withdraw_pack,
)
from hub.store.sql import packs
from hub.store.sql.devices import Device
from hub.store.sql.feed import FeedRow
from sync.wire.feed import PACK
from system.database import Connection


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes."""
    deeds = parser.add_subparsers(required=True, metavar="DEED", dest="deed")
    publish = deeds.add_parser("publish", help="give out a pack", allow_abbrev=False)
    publish.add_argument("file", type=Path, help="the pack, signed (docs/pack-format.md)")
    publish.add_argument(
        "--unsigned",
        action="store_true",
        help="give it out without a signature; its records and receipts will show it",
    )
    publish.add_argument(
        "--dry-run", action="store_true", help="publish nothing: show who would get it"
    )
    listed = deeds.add_parser("list", help="what was published, and keys", allow_abbrev=False)
    withdraw = deeds.add_parser("withdraw", help="give out no longer", allow_abbrev=False)
    withdraw.add_argument("pack", help="the file of the pack, or its id")
    withdraw.add_argument("version", nargs="?", help="with the id: its version")
    trust = deeds.add_parser(
        "trust", help="let the workstations trust a key that signs packs", allow_abbrev=False
    )
    trust.add_argument("file", type=Path, help="the public key of an operation (.pub)")
    add_fingerprint(trust)
    distrust = deeds.add_parser("distrust", help="take such a key back", allow_abbrev=False)
    distrust.add_argument("operation", help="the name of the operation")
    for each in (publish, listed, withdraw, trust, distrust):
        add_database(each)
    _add_key(deeds.add_parser("key", help="make or show a key that signs", allow_abbrev=False))


def _add_key(key: argparse.ArgumentParser) -> None:
    key.add_argument("file", type=Path, help="the secret key; the public one ends in .pub")
    key.add_argument(
        "--new", metavar="OPERATION", help="make it; the name has capitals, digits and hyphens"
    )
    key.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="file whose first line is the passphrase of the key; else a prompt",
    )
    key.add_argument(
        "--after",
        type=Path,
        metavar="KEYFILE",
        help="with --new: the operation's present secret key, which names the new one",
    )
    key.add_argument(
        "--after-passphrase-file",
        type=Path,
        metavar="FILE",
        help="file whose first line is the passphrase of the present key; else a prompt",
    )


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 when it is done, 2 when a pack with faults is not published."""
    if arguments.deed == "key":
        return _key(arguments)
    deeds: dict[str, Callable[[Registry, argparse.Namespace], int]] = {
        "publish": _publish,
        "list": _list,
        "withdraw": _withdraw,
        "trust": _trust,
        "distrust": _distrust,
    }
    with open_registry(arguments.database) as hub:
        return deeds[arguments.deed](hub, arguments)


def _key(arguments: argparse.Namespace) -> int:
    file: Path = arguments.file
    if arguments.new is None:
        if arguments.after is not None:
            raise OptionsRefused(mark("--after needs --new"))
        key = public_half(file)
    else:
        after: Path | None = arguments.after
        before = None
        if after is not None:
            asked = arguments.after_passphrase_file
            before = open_key_file(after, lambda: passphrase_of_key(asked, after))
        secret = new_passphrase(arguments.passphrase_file)
        key = make_key_file(file, arguments.new, secret, os.urandom, before)
        print(f"{file}: the secret key; keep it and its passphrase where the packs are signed")
        print(f"{public_file(file)}: the public key, for hubs and workstations")
    print(f"operation {key.operation}")
    print(f"public key {key.key}")
    print(f"fingerprint {key.fingerprint}")
    return 0


def _publish(hub: Registry, arguments: argparse.Namespace) -> int:
    file: Path = arguments.file
    data, unsigned = read_bytes(file), arguments.unsigned
    try:
        deed = preview_pack if arguments.dry_run else publish_pack
        done = deed(hub, data, str(file), unsigned=unsigned)
    except PackRefused as error:
        return tell_refused_pack(file, error, "refused; nothing was published")
    tell_remarks_on_pack(file, done.remarks)
    for line in _who_gets(done):
        print(one_line(line))
    state = "published" if done.new else "was published before"
    if arguments.dry_run:
        state = "would be published; nothing was" if done.new else "was published before"
    print(f"{done.id} {done.version}: {state}")
    return 0


def _who_gets(done: PublishedPack) -> Iterable[str]:
    """Who signed the pack, and whom it reaches, post by post."""
    if done.signer is not None:
        yield f"signed by {key_in_words(done.signer)}"
    elif done.shipped:
        yield "it ships with the program"
    else:
        yield "not signed: its records and receipts will show it"
    for post, known in _by_post(done.receivers.getting):
        yield f"goes to {post}: {_named(known)}"
    if done.receivers.without:
        yield f"no workstation is enrolled at {', '.join(done.receivers.without)}"
    for post, known in _by_post(done.receivers.others):
        yield f"not for {post or 'workstations without a post'}: {_named(known)}"


def _by_post(known: Iterable[Device]) -> Iterable[tuple[str, list[Device]]]:
    posts: dict[str, list[Device]] = {}
    for each in known:
        posts.setdefault(each.post, []).append(each)
    return sorted(posts.items())


def _named(known: list[Device]) -> str:
    return ", ".join(f"{each.name or 'no name'} ({each.id})" for each in known)


def _list(hub: Registry, arguments: argparse.Namespace) -> int:  # noqa: ARG001
    with hub.database.reading() as rows:
        keys = given_keys(rows)
        lines = [_line(rows, row) for row in published(hub) if row.kind == PACK]
    for line in lines:
        print(*line, sep="\t")
    for key in keys:
        print("key", key.operation, key.fingerprint, "given out", sep="\t")
    return 0


def _line(rows: Connection, row: FeedRow) -> tuple[str, ...]:
    signature = signature_of(rows, row)
    if signature is not None:
        who = f"signed by {signature.operation}"
    else:
        shipped = packs.signature(rows, row.name, row.version) is None
        who = "ships with the program" if shipped else "not signed"
    state = "withdrawn" if row.withdrawn else "given out"
    return (one_line(row.name), row.version, utc_time(row.at), state, who)


def _withdraw(hub: Registry, arguments: argparse.Namespace) -> int:
    if arguments.version is None:
        file = Path(arguments.pack)
        name, version, new = withdraw_file(hub, read_bytes(file), str(file))
    else:
        name, version = arguments.pack, arguments.version
        new = withdraw_pack(hub, name, version)
    print(f"{one_line(f'{name} {version}')}: {'withdrawn' if new else 'was withdrawn before'}")
    return 0


def _trust(hub: Registry, arguments: argparse.Namespace) -> int:
    key = confirmed_key(arguments.file, arguments.fingerprint)
    new = give_key(hub, key)
    print(f"{key_in_words(key)}: {'given to the workstations' if new else 'was given before'}")
    return 0


def _distrust(hub: Registry, arguments: argparse.Namespace) -> int:
    key = take_back_key(hub, arguments.operation)
    print(f"{key_in_words(key)}: taken back; packs that are in use stay in use")
    return 0
