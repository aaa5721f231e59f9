"""Fills a page's template with the values of its model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import jinja2
import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from domain.fields import label_of
from hub.pages.guard import HEADERS
from hub.pages.language import language_of, say_in
from hub.pages.rail import OWN, SIGN_OUT, rail_of
from hub.people.roles import Role
from hub.people.viewer import Viewer

HERE = Path(__file__).parent


@cache
def _environment() -> jinja2.Environment:
    """All hubs of a process share it: to compile a template takes 10 ms."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["label"] = label_of
    return made


class Templates:
    """The templates below this folder; each page has its template beside its view and its model."""

    def __init__(self) -> None:
        self._environment = _environment()

    def fill(self, template: str, values: Mapping[str, object]) -> str:
        """The template with these values."""
        return self._environment.get_template(template).render(values)

    async def page(
        self,
        request: Request,
        template: str,
        read: Callable[[], msgspec.Struct],
        *,
        translated: bool = False,
        status: int = 200,
        headers: Mapping[str, str] = HEADERS,
    ) -> Response:
        """The template, filled with the fields of what `read` returns; both in a worker thread.

        With `translated` the page is in the language of the browser, else in English. The rail is
        in that of the browser on every page.
        """

        def fill() -> str:
            return self.filled(request, template, read(), translated=translated)

        text = await run_in_threadpool(fill)
        return HTMLResponse(text, status, headers={**headers, "Cache-Control": "no-store"})

    def filled(
        self, request: Request, template: str, model: msgspec.Struct, *, translated: bool = False
    ) -> str:
        """The text of the page for the viewer of the request."""
        viewer: Viewer | None = getattr(request.state, "viewer", None)
        of_rail = language_of(request)
        in_rail = say_in(of_rail)
        language = of_rail if translated else "en"
        return self._environment.get_template(template).render(
            msgspec.structs.asdict(model),
            viewer=viewer,
            may_export=viewer is not None and viewer.may(Role.ANALYST),
            language=language,
            rail_language=of_rail,
            rail=[(entry, in_rail(entry.words)) for entry in rail_of(viewer)],
            own=in_rail(OWN),
            sign_out=in_rail(SIGN_OUT),
        )
