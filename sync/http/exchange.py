"""One HTTP request to the hub and its whole answer; every failure is an error of `sync.errors`."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import httpx2

from domain.document import Document
from domain.words import mark
from sync.errors import HubFailed, HubRefused, HubUnintelligible, ItemRefused, NoLink, TooLarge
from sync.http.line import transport
from sync.http.trust import distrusted, trust, why_not
from sync.wire.address import is_this_machine
from system.clock import system_clock

ANSWER_LIMIT = 64 * 1024 * 1024
"""Bytes. Every answer of a hub is smaller."""
ABOUT_THE_BODY = (400, 413)
"""Statuses of refusals that are about what was sent, not about who sent it or where to."""
NO_SUCH_ROUTE = (404, 405)
"""What a hub of protocol 1 answers to a question of protocol 2, perhaps without a word."""
SILENCE, PROXY_LOGIN, TOO_MANY = 408, 407, 429
"""Statuses that ask for another try: too slow a body, a proxy that wants a sign-in or a pause."""
UNREACHED = (502, 503, 504)
"""Statuses with which a proxy says that the hub behind it does not answer."""
ENDED = "ended"
"""The code with which the hub says that headquarters ended the workstation."""
TOO_LARGE, TOO_LARGE_CODE = 413, "too_large"
"""The status, and the code with which the hub itself says it (docs/protocol.md)."""
SLOW_LINK = httpx2.Timeout(connect=10.0, read=120.0, write=120.0, pool=15.0)
"""Seconds. A satellite link is slow, so only a long silence counts as a cut link."""


def client(
    url: str,
    headers: Mapping[str, str],
    authority: str = "",
    *,
    tls: ssl.SSLContext | None = None,
) -> httpx2.Client:
    """A client for the hub at `url`; `authority` (PEM) is trusted in addition to the system's
    authorities. `tls` replaces both.

    Raises `HubRefused` when `url` is not an address, and for plain http to another machine: the
    token would travel unencrypted, and nothing would prove the identity of the hub.
    """
    try:
        address = httpx2.URL(url)
    except (httpx2.InvalidURL, UnicodeError):
        address = httpx2.URL()
    if address.scheme not in ("http", "https") or not address.host:
        raise HubRefused(
            mark("this is not the address of a hub"),
            about=url[:200],
            hint=mark("Write it like https://hub.example.org."),
        )
    if address.scheme == "http" and not is_this_machine(address.host):
        raise HubRefused(
            mark("over plain http the token and the records would be sent without encryption"),
            about=url[:200],
            hint=mark("Write the address with https; ask headquarters for it."),
        )
    verify = (tls or trust(authority)) if address.scheme == "https" else True
    return httpx2.Client(
        base_url=url.rstrip("/"),
        headers=dict(headers),
        timeout=SLOW_LINK,
        follow_redirects=False,
        transport=transport(address, verify),
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of at most `ANSWER_LIMIT` bytes."""

    status: int
    headers: httpx2.Headers
    body: bytes
    url: httpx2.URL

    @property
    def retry_after(self) -> float:
        """The seconds of `Retry-After`; 0 without it, and for one that is a moment."""
        text = self.headers.get("Retry-After", "").strip()
        return float(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0.0

    def upload_offset(self, length: int) -> int | None:
        """The `Upload-Offset` in an upload of `length` bytes; None for one that is impossible."""
        text = self.headers.get("Upload-Offset", "")
        possible = text.isdecimal() and len(text) <= 15 and int(text) <= length
        return int(text) if possible else None


def exchange(
    http: httpx2.Client,
    method: str,
    path: str,
    *,
    headers: Mapping[str, str] | None = None,
    params: tuple[tuple[str, str], ...] = (),
    content: bytes | Iterable[bytes] = b"",
    expected: tuple[int, ...] = (),
) -> Answer:
    """Send one request and return its whole answer, which has a status of success or one of those
    in `expected`.

    Raises `NoLink` when no answer came or one that is not the hub's own, `HubNotTrusted` when the
    certificate is not trusted, `HubFailed` for 5xx, `HubRefused` for 4xx (`TooLarge` for a 413 that
    is not the hub's own), `HubUnintelligible` for anything else.
    """
    about = str(http.base_url).rstrip("/")
    try:
        with http.stream(
            method, path, headers=headers, params=params or None, content=content or None
        ) as response:
            answer = _whole(response, about)
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise HubRefused(mark("this is not the address of a hub"), about=about) from error
    except httpx2.TransportError as error:
        refused = distrusted(error)
        if refused is not None:
            # the system's clock, because the certificate was checked by it
            raise why_not(refused, about, system_clock()) from error
        raise NoLink(
            mark("no answer from the hub"),
            about=about,
            hint=mark("Everything waits here and is sent when the link is back."),
        ) from error
    except httpx2.HTTPError as error:
        raise HubUnintelligible(mark("the answer cannot be read"), about=about) from error
    if answer.status not in expected:
        _expect_success(answer, about, has_body=method != "HEAD")
    return answer


def _expect_success(answer: Answer, about: str, *, has_body: bool) -> None:
    """Raise the error that the status and the body of an unwanted answer stand for."""
    if answer.status < 300:
        return
    if answer.status < 400:
        raise _not_a_hub(about)
    refusal = _refusal(answer)
    reason = str(refusal.get("error") or "")[:300]
    if answer.status >= 500:
        raise _failure(answer, about, reason)
    if answer.status == TOO_LARGE and refusal.get("code") != TOO_LARGE_CODE:
        raise TooLarge(
            mark("a proxy before the hub refuses requests of this size"),
            about=about,
            hint=mark("Tell the hub's administrator; deploy/nginx.conf shows what to set."),
        )
    if _is_of_a_proxy(answer, reason, has_body=has_body):
        raise _no_answer_but(answer, about)
    # the hub says of the body itself that it never takes it
    final = reason and refusal.get("code") and refusal.get("curable") is False
    kind = ItemRefused if final and answer.status in ABOUT_THE_BODY else HubRefused
    refused = kind(
        mark("the hub refuses: {why}"), about=about, why=reason or f"status {answer.status}"
    )
    refused.code = str(refusal.get("code") or "")
    raise _ended(about) if refused.code == ENDED else refused


def _ended(about: str) -> HubRefused:
    error = HubRefused(
        mark("headquarters ended this workstation"),
        about=about,
        hint=mark(
            "Everything is kept here and nothing is sent. Ask headquarters for an enrolment file of"
            " another station."
        ),
    ).with_way_out(
        "With it this folder becomes another workstation: `main.py station renew FILE`.",
        mark("With it the administrator makes this folder another workstation."),
    )
    error.code = ENDED
    return error


def _is_of_a_proxy(answer: Answer, reason: str, *, has_body: bool) -> bool:
    """Whether a status of 4xx is no word of the hub about the request (docs/protocol.md, Failures).
    The answer to HEAD never has a body that would say so.
    """
    if answer.status in (SILENCE, PROXY_LOGIN):
        return True
    wordless = not reason and (has_body or answer.status == TOO_MANY)
    return wordless and answer.status not in NO_SUCH_ROUTE


def _no_answer_but(answer: Answer, about: str) -> NoLink:
    """A proxy answered: nothing is known of the hub, and another try may reach it."""
    no_link = NoLink(
        mark("no answer from the hub, but from something before it (status {status})"),
        about=about,
        hint=mark("Everything waits here. A proxy, or the network's sign-in, may be in the way."),
        status=answer.status,
    )
    no_link.retry_after = answer.retry_after
    return no_link


def _failure(answer: Answer, about: str, reason: str) -> HubFailed:
    if reason:
        what = mark("the hub cannot do this now: {why}")
    elif answer.status in UNREACHED:
        what = mark("a proxy before the hub does not reach it (status {status})")
    else:
        what = mark("the hub reports an internal error (status {status})")
    failure = HubFailed(
        what,
        about=about,
        hint=mark("Everything waits here; tell the hub's administrator."),
        status=answer.status,
        why=reason,
    )
    failure.retry_after = answer.retry_after
    return failure


def _whole(response: httpx2.Response, about: str) -> Answer:
    """The answer, read in pieces, so that one that unpacks to too many bytes is refused early."""
    body = bytearray()
    for piece in response.iter_bytes(1 << 20):
        body += piece
        if len(body) > ANSWER_LIMIT:
            raise _not_a_hub(about)
    return Answer(response.status_code, response.headers, bytes(body), response.url)


def _not_a_hub(about: str) -> HubUnintelligible:
    return HubUnintelligible(
        mark("this is not the address of a hub"),
        about=about,
        hint=mark("Check the address; a proxy may be in the way."),
    )


def _refusal(answer: Answer) -> Document:
    """The members of `{"error", "code", ...}`; none for any other body, such as a page of HTML."""
    try:
        body = json.loads(answer.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
