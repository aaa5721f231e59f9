"""Adopt a pack: new drafts can use it; existing drafts keep their pack.

A pack is checked when it is adopted. One that is stored already is not checked again: rules that
came later do not take it away.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from acts.deed import EntryDraft, perform
from acts.errors import FileUnreadable, InputRefused
from acts.session import Session
from domain.changes import Changes
from domain.errors import PackKeyUnknown, PackUnsigned, PackUntrusted
from domain.ids import PackHash
from domain.interception.record import PackRef
from domain.kinds import EntryKind, PackAdopted
from domain.pack.check import check_pack, checked_pack
from domain.pack.finding import PackFinding
from domain.pack.model import Pack
from domain.pack.signature import PackSignature, expect_over, follows, is_trusted, opened
from domain.pack.versions import version_key
from domain.words import mark
from storage import operation_keys, packs
from storage.packs import PackOrigin
from storage.workstation import Workstation
from system.database import Connection
from system.shipped import program_lists, shipped_packs

SIZE_LIMIT = 64 * 1024 * 1024
"""Bytes of a file that can be a pack."""


class Adoption(NamedTuple):
    """What changed, and the remarks on the pack; none when it was stored already."""

    changes: Changes
    remarks: tuple[PackFinding, ...] = ()


def adopt_file(
    ws: Workstation, file: Path, session: Session, *, unsigned: bool = False
) -> Adoption:
    """Adopt the pack in `file`. Raises `FileUnreadable`, and as `adopt_pack`."""
    accept = PackOrigin.UNSIGNED if unsigned else None
    return adopt_pack(ws, read_file(file), str(file), session, accept=accept)


def read_file(file: Path) -> bytes:
    """The bytes of a file that can be a pack. Raises `FileUnreadable`."""
    try:
        with file.open("rb") as opened:
            data = opened.read(SIZE_LIMIT + 1)
    except OSError as error:
        raise FileUnreadable(
            mark("the pack cannot be read: {cause}"), about=str(file), cause=error.strerror
        ) from error
    if len(data) > SIZE_LIMIT:
        raise FileUnreadable(mark("the file is too large for a pack"), about=str(file))
    return data


def adopt_pack(
    ws: Workstation,
    data: bytes,
    file: str,
    session: Session,
    *,
    signature: PackSignature | None = None,
    accept: PackOrigin | None = None,
    from_hub: bool = False,
) -> Adoption:
    """Store the pack and log it in the journal; a pack that is stored already changes nothing.

    `signature` is that of a pack whose file does not hold it. `accept` is the origin of one that
    nobody signed; `UNSIGNED` is shown on its records and papers. `from_hub` accepts an older
    version than the one in use, to show records that were made with it. Raises `PackRefused` with
    all faults and their places, `PackUntrusted`, `InputRefused` for an older version, and for
    other bytes than are stored with its id and version.
    """
    if signature is None:
        data, signature = opened(data, file)
    else:
        expect_over(signature, data, file)
    if _is_stored(ws, data, signature):
        return Adoption(Changes())
    pack, remarks = checked_pack(data, file, program_lists(), ws.now().local_date)
    _refuse_other_bytes(ws, pack, data, file)
    origin = _origin(ws, data, signature, file, accept)
    if signature is not None:
        _refuse_another_signer(ws, pack, signature, file)
    if not from_hub:
        _refuse_older(ws, pack, file)

    def prepare(db: Connection) -> EntryDraft:
        packs.put(db, pack, data, ws.now(), origin=origin, signature=signature)
        body = PackAdopted(
            id=pack.id,
            version=pack.version,
            sha256=PackHash.of(data),
            operation=signature.operation if signature else "",
            key=signature.key if signature else None,
            unsigned=origin is PackOrigin.UNSIGNED,
        )
        return EntryDraft(EntryKind.PACK_ADOPTED, str(ws.device), body)

    changes = replace(perform(ws, session, prepare, while_forked=True), packs=True)
    ws.forget_checklist(PackRef(id=pack.id, version=pack.version))
    return Adoption(changes, remarks)


def _refuse_other_bytes(ws: Workstation, pack: Pack, data: bytes, file: str) -> None:
    """Raises `InputRefused` when another pack is stored with this id and version."""
    held = ws.checklist(PackRef(id=pack.id, version=pack.version))
    if held is not None and held.sha256 != PackHash.of(data):
        raise InputRefused(
            mark("another pack with the id {id} and version {version} is here already"),
            about=file,
            hint=mark("Ask headquarters to publish it under a new version."),
            id=pack.id,
            version=pack.version,
        )


def _origin(
    ws: Workstation,
    pack: bytes,
    signature: PackSignature | None,
    file: str,
    accept: PackOrigin | None,
) -> PackOrigin:
    """Why the pack may be adopted. Raises `PackUntrusted`."""
    if pack in shipped_packs().values():
        return PackOrigin.SHIPPED
    if signature is None and accept is not None:
        return accept
    if signature is None:
        raise PackUnsigned(
            mark("nobody has signed this pack"),
            about=file,
            hint=mark("Ask headquarters for the signed file."),
        ).with_way_out(
            "To use it all the same, say --unsigned: its records and receipts will show it.",
            mark("To use it all the same, press “Adopt it unsigned”."),
        )
    if not is_trusted(signature.signer, operation_keys.trusted(ws.db)):
        raise PackKeyUnknown(
            mark(
                "operation {operation} signed this pack with a key that is not trusted here"
                " ({fingerprint})"
            ),
            about=file,
            hint=mark("Headquarters gives the key to enrolled workstations."),
            operation=signature.operation,
            fingerprint=signature.signer.fingerprint,
        ).with_way_out(
            "Or confirm its fingerprint: `main.py pack --trust KEYFILE --fingerprint TEXT`.",
            mark("Or ask headquarters for the fingerprint, and enter it below."),
        )
    return PackOrigin.SIGNED


def _refuse_another_signer(
    ws: Workstation, pack: Pack, signature: PackSignature, file: str
) -> None:
    """Raises `PackUntrusted` when the last version before this one was signed by another key that
    did not name this one.
    """
    before = sorted(packs.signatures(ws.db, pack.id), key=lambda found: version_key(found[0]))
    if not before:
        return
    version, known = before[-1]
    if not follows(signature.signer, known.signer, operation_keys.trusted(ws.db)):
        raise PackUntrusted(
            mark(
                "operation {operation} signed this pack with the key {fingerprint}, and operation"
                " {before} signed version {version} with another key that did not name this one"
            ),
            about=file,
            hint=mark("Ask headquarters which of the two is right."),
            operation=signature.operation,
            fingerprint=signature.signer.fingerprint,
            before=known.operation,
            version=version,
        )


def _refuse_older(ws: Workstation, pack: Pack, file: str) -> None:
    """Raises `InputRefused` when a newer version is in use, and nothing here needs this one."""
    if packs.is_in_use(ws.db, PackRef(id=pack.id, version=pack.version)):
        return
    newer = next((ref.version for ref in packs.newest(ws.db) if ref.id == pack.id), "")
    if newer and version_key(pack.version) < version_key(newer):
        raise InputRefused(
            mark("version {version} of this pack is older than version {newer}, which is in use"),
            about=file,
            hint=mark("Ask headquarters for a newer version."),
            version=pack.version,
            newer=newer,
        )


def faults_of_adopted(ws: Workstation, ref: PackRef) -> tuple[PackFinding, ...]:
    """The faults for which a pack that is stored would be refused today."""
    data = packs.file_of(ws.db, ref)
    if data is None:
        return ()
    return check_pack(data, program_lists(), ws.now().local_date).faults


def _is_stored(ws: Workstation, data: bytes, signature: PackSignature | None) -> bool:
    """Whether the pack is stored; one without a signature is taken once more with its signature.

    Raises `Damaged` when what is stored was changed since.
    """
    ref = packs.stored_as(ws.db, PackHash.of(data))
    if ref is None or ws.checklist(ref) is None:
        return False
    origin = packs.origin_of(ws.db, ref)
    return signature is None or origin in (PackOrigin.SIGNED, PackOrigin.SHIPPED)
