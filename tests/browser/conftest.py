"""A real Chromium and the built site served under a sub-path."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.conftest import PREFIX

from .server import SiteServer


@pytest.fixture
def server(built_site, site_port):
    server = SiteServer(built_site, PREFIX, site_port)
    yield server
    server.close()


@pytest.fixture
def open_page(chromium, server) -> Callable[..., Page]:
    """Open a path of the site in a browser context of its own; options are the context's.

    Every page's errors and requests to other hosts are collected and fail the test at its end.
    """
    contexts = []
    faults = []

    def open_(path: str, **options) -> Page:
        # Else each test's page would have the whole site fetched for later.
        context = chromium.new_context(**{"service_workers": "block", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"error in the page: {error}"))
        context.on(
            "request",
            lambda request: (
                request.url.startswith((server.origin, "blob:", "data:"))
                or faults.append(f"request to another host: {request.url}")
            ),
        )
        page.goto(server.url + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert faults == []
