"""Fills a page's template with the values of its model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import jinja2
import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, Response

from domain.fields import label_of
from hub.pages.guard import HEADERS

HERE = Path(__file__).parent


class Templates:
    """The templates below this folder; each page has its template beside its view and its model."""

    def __init__(self) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(HERE),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals["label"] = label_of

    def fill(self, template: str, values: Mapping[str, object]) -> str:
        """The template with these values."""
        return self._environment.get_template(template).render(values)

    async def page(self, template: str, read: Callable[[], msgspec.Struct]) -> Response:
        """The template, filled with the fields of what `read` returns; both in a worker thread."""

        text = await run_in_threadpool(lambda: self.fill(template, msgspec.structs.asdict(read())))
        return HTMLResponse(text, headers={**HEADERS, "Cache-Control": "no-store"})
