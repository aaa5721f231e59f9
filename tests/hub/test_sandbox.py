"""Bytes that a stranger sent run no script where the hub's pages are."""

from __future__ import annotations

import pytest

from domain.ids import PhotoHash
from tests.hub.conftest import Running
from tests.hub.test_photos import begin, patch
from tests.hub.test_pictures import a_picture


@pytest.mark.parametrize("path", ["", "/original", "/original?download", "/thumbnail", "/preview"])
@pytest.mark.parametrize("kind", ["picture", "script"])
def test_a_photo_is_sandboxed_however_it_is_asked_for(
    running: Running, path: str, kind: str
) -> None:
    station = running.station()
    data = a_picture() if kind == "picture" else b'\xff\xd8\xff<svg onload="alert(1)">'
    patch(station, begin(station, data).headers["Location"], 0, data)
    answer = station.page(f"/photos/{PhotoHash.of(data)}{path}")
    assert answer.status_code == 200
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
