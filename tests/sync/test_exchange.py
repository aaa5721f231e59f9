"""The token goes to the hub alone, whatever an answer names."""

from __future__ import annotations

import pytest

from domain.ids import PhotoHash
from sync.errors import HubRefused, HubUnintelligible
from sync.http.exchange import client
from sync.http.uploads import upload
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
        pytest.raises(HubUnintelligible, match="to another address"),
    ):
        upload(http, PhotoHash.of(data), data, cancelled=lambda: False)

    assert asked == ["POST"]


@pytest.mark.parametrize(
    "url", ["http://192.0.2.2:8080", "http://hub.example.org", "http://[2001:db8::1]:8080"]
)
def test_plain_http_to_another_machine_is_refused(url: str) -> None:
    with pytest.raises(HubRefused, match="without encryption"):
        client(url, {})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.8.9.1"])
def test_plain_http_on_this_machine_is_taken(host: str) -> None:
    client(f"http://{host}:8080", {}).close()
