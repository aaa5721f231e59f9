"""The token goes to the hub alone, whatever an answer names."""

from __future__ import annotations

import pytest

from domain.ids import PhotoHash
from sync.errors import HubUnintelligible
from sync.link import client
from sync.uploads import upload
from tests.sync.lines import Asked, a_server, an_answer


@pytest.mark.parametrize(
    "where", ["https://{here}/up", "http://127.0.0.2/up", "//evil.example/up", "http://{here}0/up"]
)
def test_an_upload_elsewhere_is_not_gone_to(where: str) -> None:
    asked: list[str] = []

    def answer(question: Asked) -> bytes:
        asked.append(question.method)
        return an_answer(201, Location=where.format(here=question.headers["host"]))

    data = b"a photo"
    with (
        a_server(answer) as url,
        client(url, {"Authorization": "Bearer secret"}) as http,
        pytest.raises(HubUnintelligible, match="elsewhere"),
    ):
        upload(http, PhotoHash.of(data), data, cancelled=lambda: False)

    assert asked == ["POST"]
