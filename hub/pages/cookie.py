"""The cookie of a sign-in, and where a request comes from."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hub.pages.host import host_of, is_loopback_name
from hub.people.signing_in import LONGEST, Origin
from hub.serving.proxies import address_of

SECURE_NAME = "__Host-tidewaiter"
"""Browsers send it over TLS alone, to this very host alone."""
LOOPBACK_NAME = "tidewaiter"
"""On this machine without TLS, where nobody can listen."""
COOKIE_LIMIT = 100


def is_secure(request: Request) -> bool:
    """Whether the cookie is that for TLS; without TLS one is given on this machine alone."""
    return request.url.scheme == "https" or not is_loopback_name(host_of(request))


def is_overheard(request: Request) -> bool:
    """Whether a password would travel in the clear: no TLS here, nor at a proxy that says so."""
    if not is_secure(request) or request.url.scheme == "https":
        return False
    # a false header cannot do harm: browsers do not take the cookie without TLS
    return request.headers.get("x-forwarded-proto", "") != "https"


def secret_of(request: Request) -> str:
    """The secret in the cookie; empty without one."""
    name = SECURE_NAME if is_secure(request) else LOOPBACK_NAME
    secret = request.cookies.get(name, "")
    return secret if len(secret) <= COOKIE_LIMIT else ""


def give(response: Response, request: Request, secret: str) -> None:
    """Set the cookie."""
    secure = is_secure(request)
    response.set_cookie(
        SECURE_NAME if secure else LOOPBACK_NAME,
        secret,
        max_age=LONGEST // 1000,
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def take_back(response: Response, request: Request) -> None:
    """Delete the cookie, and what the browser keeps of the pages."""
    secure = is_secure(request)
    name = SECURE_NAME if secure else LOOPBACK_NAME
    response.delete_cookie(name, path="/", secure=secure, httponly=True, samesite="strict")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def origin_of(request: Request) -> Origin:
    """The address and the browser of the request."""
    return Origin(address_of(request), request.headers.get("user-agent", ""))
