"""Fields that a pack keeps at the post, though they name no person."""

from __future__ import annotations

import pytest

from domain.interception.nominal import join, split
from domain.interception.read import read
from tests import wildlife
from tests.domain.pack_files import checked

KEPT = ("goods.description", "goods.added.permit_no", "goods.reasons")


def test_what_the_pack_keeps_stays_at_the_post_and_comes_back() -> None:
    whole = read(wildlife.document(), wildlife.checklist().added).interception
    shared, names = split(whole, (), wildlife.checklist().added, KEPT)
    assert names["goods.0.description"] == "Tortoises wrapped in tape"
    assert {"goods.0.added.permit_no", "goods.0.added.keeper", "goods.0.reasons"} <= set(names)
    line = shared.goods[0]
    assert (line.description, line.reasons, line.category) == (None, (), "TORTOISE")
    assert "permit_no" not in line.added
    assert join(shared, names) == whole


@pytest.mark.parametrize(
    ("path", "cause"),
    [
        ("goods.quantity", "headquarters needs 'goods.quantity'"),
        ("photos.sha256", "headquarters needs"),
        ("post", "headquarters needs"),
        ("persons.parties.name", "stays at the post anyway"),
        ("goods.added.keeper", "stays at the post anyway"),
        ("goods.rights_holdr", "perhaps 'goods.rights_holder'"),
        ("goods", "is a block"),
    ],
)
def test_what_headquarters_needs_cannot_be_kept(path: str, cause: str) -> None:
    found = {
        fault.position: str(fault.what) for fault in checked(wildlife.pack(kept=[path])).faults
    }
    assert cause in found["$.kept[0]"]


def test_open_and_commercial_fields_may_be_kept_in_the_second_format() -> None:
    assert checked(wildlife.pack(kept=list(KEPT))).faults == ()
    both = checked(wildlife.pack(kept=["goods.added.keeper"], freed=["goods.added.keeper"])).faults
    assert ["among freed" in str(fault.what) for fault in both] == [True]
