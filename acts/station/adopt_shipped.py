"""The packs that come with the program and are not in use here yet, and their adoption.

A new workstation adopts them when it is made. One that is older keeps what it uses: a person, or
headquarters, says when it goes on with what a newer program brings.
"""

from __future__ import annotations

from typing import NamedTuple

from acts.session import Session
from acts.station.adopt_pack import Adoption, adopt_pack
from domain.interception.record import PackRef
from domain.pack.model import Pack
from domain.pack.read import read_pack
from domain.pack.versions import version_key
from storage import packs
from storage.workstation import Workstation
from system.shipped import shipped_packs


class ShippedPack(NamedTuple):
    """A pack that could be adopted, and the version that is in use; empty for none."""

    pack: Pack
    data: bytes
    in_use: str

    @property
    def name(self) -> str:
        """`SAMPLE-MED 2.0.0`."""
        return f"{self.pack.id} {self.pack.version}"


def adoptable(ws: Workstation) -> tuple[ShippedPack, ...]:
    """The packs of this program that name this post, are new or newer here, and not withdrawn."""
    here, station = {ref.id: ref.version for ref in packs.newest(ws.db)}, ws.station
    found = []
    for file, data in shipped_packs().items():
        pack = read_pack(data, file)
        ref, in_use = PackRef(id=pack.id, version=pack.version), here.get(pack.id, "")
        if in_use and version_key(in_use) >= version_key(pack.version):
            continue
        named = (station.country, station.post) in {(p.country, p.code) for p in pack.posts}
        if named and not packs.is_withdrawn(ws.db, ref):
            found.append(ShippedPack(pack, data, in_use))
    return tuple(found)


def adopt_shipped(ws: Workstation, session: Session) -> tuple[tuple[ShippedPack, Adoption], ...]:
    """Adopt all that is `adoptable`. Raises as `adopt_pack`."""
    return tuple((each, adopt_pack(ws, each.data, each.name, session)) for each in adoptable(ws))
