"""Decides who may open a page, by the table in `allowed`, and notes in the audit what was seen."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.errors import TidewaiterError
from domain.words import mark
from hub.errors import Unavailable
from hub.hub import Registry
from hub.pages.allowed import ALLOWED, PageRule
from hub.pages.audit_log import AuditLog
from hub.pages.cookie import secret_of
from hub.pages.guard import NOT_STORED
from hub.pages.host import is_own_page
from hub.pages.signin.first import first_page
from hub.pages.templates import Templates
from hub.pages.trouble import error_as_page, refusal
from hub.people.accounts import has_accounts
from hub.people.signing_in import program_with, viewer_with
from hub.people.viewer import WITHOUT_SIGN_IN, Viewer
from hub.serving.proxies import address_of
from hub.serving.requests import note_caller
from hub.store.sql.audit import AuditRow

TOKEN_LIMIT = 100
NOT_OWN = mark("This was not asked by a page of this hub, so nothing was done.")
NOT_SIGNED_IN = mark("Sign in first.")
NO_LONGER = mark("You are no longer signed in as you were when this was asked.")
NOT_ALLOWED = mark("Your account may not do this; ask your administrator.")
READS = ("GET", "HEAD")
EXPORT = "/export"


class Asked(msgspec.Struct, frozen=True):
    """What a request asks for: the address as the table has it, its rule, and its parts."""

    event: str
    rule: PageRule | None
    """None for what the table does not have."""
    subject: str
    is_page: bool
    """Whether there is such a page at all."""


class Gate:
    """Lets a request through when the table allows it to the account.

    Without `sign_in` everybody who reaches the pages is `WITHOUT_SIGN_IN`.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        hub: Registry,
        routes: Sequence[Route | Mount],
        templates: Templates,
        sign_in: bool,
    ) -> None:
        self._app = app
        self._hub = hub
        self._templates = templates
        self._routes = routes
        self._sign_in = sign_in
        self._audit = AuditLog(hub)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer = await self._answer(request, send)
        except TidewaiterError as error:
            answer = await error_as_page(request, error)
        if isinstance(answer, Response):
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, answer)

    async def _answer(self, request: Request, send: Send) -> Response | Send:
        """The refusal of the request, or where the answer of its page goes."""
        asked = self._asked(request)
        rule = asked.rule
        if request.method not in READS and not is_own_page(request):
            return refusal(request, NOT_OWN, 403)
        if rule is not None and rule.role is None and (self._sign_in or not rule.persons):
            return send
        viewer = WITHOUT_SIGN_IN
        if self._sign_in:
            found = await run_in_threadpool(self._viewer, request, rule)
            if found is None:
                return await self._unknown(request)
            viewer = found
        if asked.is_page and not _may(viewer, rule):
            if viewer.account:
                await self._audit.add(self._row(request, asked, viewer, 403))
            return refusal(request, NOT_ALLOWED, 403)
        request.state.viewer = viewer
        if viewer.account:
            note_caller(request, viewer.account)
        if rule is None or not self._sign_in:
            return send
        return _Answering(self, request, send, asked, viewer)

    def _asked(self, request: Request) -> Asked:
        method = "GET" if request.method == "HEAD" else request.method
        for route in self._routes:
            match, found = route.matches(request.scope)
            if match is Match.FULL:
                request.scope["route"] = route  # also the log of a refusal names the route
                rule = ALLOWED.get((method, route.path))
                parts = found.get("path_params", {})
                subject = str(parts.get(rule.subject, "")) if rule and rule.subject else ""
                return Asked(f"{method} {route.path}", rule, subject, is_page=True)
        return Asked(method, None, "", is_page=False)

    def _viewer(self, request: Request, rule: PageRule | None) -> Viewer | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":  # another scheme is that of a proxy before the pages
            short = 0 < len(token) <= TOKEN_LIMIT
            return program_with(self._hub, token.strip()) if short else None
        secret = secret_of(request)
        if not secret:
            return None
        return viewer_with(self._hub, secret, is_quiet=rule is not None and rule.quiet)

    async def _unknown(self, request: Request) -> Response:
        if not await run_in_threadpool(has_accounts, self._hub):
            return await first_page(self._templates, request)
        if request.method in READS and "text/html" in request.headers.get("accept", ""):
            # to the list with the same limits: a download would leave the form on the screen
            path = "/" if request.url.path == EXPORT else request.url.path
            limits = f"?{request.url.query}" if request.url.query else ""
            to = quote(path + limits, safe="/@")
            return RedirectResponse(f"/sign-in?to={to}", 303, headers=NOT_STORED)
        answer = refusal(request, NOT_SIGNED_IN, 401)
        answer.headers["WWW-Authenticate"] = "Bearer"
        return answer

    def _row(self, request: Request, asked: Asked, viewer: Viewer, status: int) -> AuditRow:
        return AuditRow(
            at=self._hub.now().millis,
            account=viewer.account,
            event=asked.event,
            subject=asked.subject,
            status=status,
            address=address_of(request),
        )

    async def note(self, request: Request, asked: Asked, viewer: Viewer, status: int) -> None:
        """Note in the audit what the viewer is about to get. Raises what the database raises."""
        if asked.rule is None or not asked.rule.audited:
            return
        row = self._row(request, asked, viewer, status)
        if asked.rule.once:
            await self._audit.add_once(viewer.sign_in.hex() or viewer.account, row)
        else:
            await self._audit.add(row)

    async def refuse(self, request: Request, asked: Asked, viewer: Viewer) -> Response:
        """The answer to who may no longer have what was made meanwhile; the audit has it."""
        await self._audit.add(self._row(request, asked, viewer, 401))
        request.state.viewer = None  # the page with the answer is nobody's
        return refusal(request, NO_LONGER, 401)

    async def is_still(self, request: Request, viewer: Viewer) -> bool:
        """Whether the viewer of a line that stays open, or of a slow answer, may still see it."""
        now = await run_in_threadpool(self._viewer, request, ALLOWED["GET", "/live"])
        return now == viewer


class _Answering:
    """Sends the answer of a page once the audit has it; ends an open line with its sign-in."""

    def __init__(
        self, gate: Gate, request: Request, send: Send, asked: Asked, viewer: Viewer
    ) -> None:
        self._gate = gate
        self._request = request
        self._send = send
        self._asked = asked
        self._viewer = viewer
        self._is_line = False
        self._is_over = False

    async def __call__(self, message: Message) -> None:
        if self._is_over:
            return
        if message["type"] == "http.response.start":
            if not await self._allowed(message["status"]):
                return
            headers = dict(message["headers"])
            if b"cache-control" not in headers:
                message["headers"] = [*message["headers"], (b"cache-control", b"no-store")]
            self._is_line = headers.get(b"content-type", b"").startswith(b"text/event-stream")
        elif self._is_line and not await self._gate.is_still(self._request, self._viewer):
            # the server then tells the page's code that the caller has gone
            self._is_over = True
            message = {"type": "http.response.body", "body": b"", "more_body": False}
        await self._send(message)

    async def _allowed(self, status: int) -> bool:
        """Whether the viewer may still have it and the audit has it; else the page is refused, with
        503 when the audit cannot be written.
        """
        gate, request, rule = self._gate, self._request, self._asked.rule
        try:
            if rule is None or not rule.slow or await gate.is_still(request, self._viewer):
                await gate.note(request, self._asked, self._viewer, status)
                return True
            answer = await gate.refuse(request, self._asked, self._viewer)
        except TidewaiterError:
            refused = Unavailable(mark("the audit cannot be written now, so nothing is shown"))
            answer = await error_as_page(request, refused)
        self._is_over = True
        await answer(request.scope, request.receive, self._send)
        return False


def _may(viewer: Viewer, rule: PageRule | None) -> bool:
    if rule is None or rule.role is None:
        return False
    if rule.persons and not viewer.is_person:
        return False
    return viewer.may(rule.role)
