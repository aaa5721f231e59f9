"""The page of the audit."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hub.hub import Hub
from hub.pages.audit.model import audit_page
from hub.pages.language import language_of, say_in
from hub.pages.paging import before
from hub.pages.templates import Templates
from hub.store.sql.audit import SUBJECT_LIMIT


class AuditView:
    """Who saw, exported or changed what."""

    def __init__(self, hub: Hub, templates: Templates) -> None:
        self._hub = hub
        self._templates = templates

    async def page(self, request: Request) -> Response:
        """The audit, newest first, filtered by account and by what it is about."""
        last = before(request)
        account = request.query_params.get("account", "")[:40]
        subject = request.query_params.get("subject", "").strip()[:SUBJECT_LIMIT]
        say = say_in(language_of(request))
        return await self._templates.page(
            request,
            "audit/page.html",
            lambda: audit_page(self._hub, say, last, account, subject),
            translated=True,
        )
