"""The addresses of the pages, each with its view."""

from __future__ import annotations

from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from hub.hub import Hub
from hub.packs import Library
from hub.pages.account.view import AccountViews
from hub.pages.apart.view import ApartView
from hub.pages.arrivals.board import Board
from hub.pages.arrivals.export import ExportView
from hub.pages.arrivals.live import LiveEvents
from hub.pages.arrivals.view import ArrivalsView
from hub.pages.audit.view import AuditView
from hub.pages.clashes.view import ClashesView
from hub.pages.interception.view import InterceptionView
from hub.pages.people.view import PeopleViews
from hub.pages.photos.view import PhotoViews
from hub.pages.signin.view import Comparing, SignInViews, WelcomeViews
from hub.pages.sticks.view import SticksView
from hub.pages.templates import HERE, Templates
from hub.pages.unread.view import UnreadView
from hub.pages.workstations.view import WorkstationsView
from hub.people.passwords import USUAL_COST, PasswordCost
from hub.serving.arrivals import Arrivals


def page_routes(
    hub: Hub,
    library: Library,
    arrivals: Arrivals,
    templates: Templates,
    cost: PasswordCost = USUAL_COST,
) -> list[Route | Mount]:
    """The routes of all pages; `allowed` has the role that each needs."""
    arrived = ArrivalsView(hub, library, templates)
    live = LiveEvents(Board(hub, library, arrivals, templates), arrivals)
    photos = PhotoViews(hub)
    sticks = SticksView(hub, arrivals, templates)
    return [
        *_people_routes(hub, templates, cost),
        Route("/", arrived.page),
        Route("/rows", arrived.rows),
        Route("/export", ExportView(hub, library).download),
        Route("/live", live.answer),
        Route("/changes", live.changes),
        Route("/interceptions/{record:path}", InterceptionView(hub, library, templates).page),
        Route("/devices", WorkstationsView(hub, library, templates).page),
        Route("/sticks", sticks.page, methods=["GET"]),
        Route("/sticks", sticks.take, methods=["PUT"]),
        Route("/sticks/answers/{device}.json", sticks.answer),
        Route("/unread", UnreadView(hub, templates).page),
        Route("/apart", ApartView(hub, templates).page),
        Route("/clashes", ClashesView(hub, templates).page),
        Route("/photos/{photo}", photos.original),
        Route("/photos/{photo}/original", photos.original),
        Route("/photos/{photo}/thumbnail", photos.thumbnail),
        Route("/photos/{photo}/preview", photos.preview),
        Route("/photos/{photo}/sent-thumbnail", photos.sent_thumbnail),
        Route("/photos/{photo}/sent-preview", photos.sent_preview),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]


def _people_routes(hub: Hub, templates: Templates, cost: PasswordCost) -> list[Route]:
    """The routes of signing in, of the own account, and of an administrator."""
    comparing = Comparing(cost)
    signing_in = SignInViews(hub, templates, comparing)
    welcome = WelcomeViews(hub, templates, comparing)
    account = AccountViews(hub, templates, comparing, welcome)
    people = PeopleViews(hub, templates)
    return [
        Route("/sign-in", signing_in.page, methods=["GET"]),
        Route("/sign-in", signing_in.sign_in, methods=["POST"]),
        Route("/sign-out", signing_in.sign_out, methods=["POST"]),
        Route("/welcome", welcome.page, methods=["GET"]),
        Route("/welcome", welcome.go_on, methods=["POST"]),
        Route("/account", account.page, methods=["GET"]),
        Route("/account/password", account.password, methods=["POST"]),
        Route("/account/factor", account.factor, methods=["POST"]),
        Route("/account/sign-ins", account.end, methods=["POST"]),
        Route("/people", people.page, methods=["GET"]),
        Route("/people", people.add, methods=["POST"]),
        Route("/people/{account}", people.change, methods=["POST"]),
        Route("/audit", AuditView(hub, templates).page),
    ]
