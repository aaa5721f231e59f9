"""Who looks at a page: the gate has put it into the request."""

from __future__ import annotations

from starlette.requests import Request

from hub.people.actor import Actor
from hub.people.viewer import Viewer
from hub.serving.proxies import address_of
from hub.store.sql.scope import Scope


def viewer_in(request: Request) -> Viewer:
    """The viewer of a page that is not open to everybody."""
    viewer: Viewer = request.state.viewer
    return viewer


def actor_in(request: Request) -> Actor:
    """The viewer, as whoever acts with this request."""
    return Actor(viewer_in(request).account, address_of(request))


def scope_of(request: Request) -> Scope:
    """What the viewer of the request may see."""
    return viewer_in(request).scope
