"""Who looks at a page: the gate has put it into the request."""

from __future__ import annotations

from starlette.requests import Request

from hub.people.viewer import Viewer
from hub.store.sql.scope import Scope


def viewer_in(request: Request) -> Viewer:
    """The viewer of a page that is not open to everybody."""
    viewer: Viewer = request.state.viewer
    return viewer


def scope_of(request: Request) -> Scope:
    """What the viewer of the request may see."""
    return viewer_in(request).scope
