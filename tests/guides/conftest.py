"""The guides of this repository, rendered in every language."""

from datetime import date

import pytest

from menkan.guides import render
from menkan.site import Site

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def site(root) -> Site:
    return Site.load(root)


@pytest.fixture(scope="session")
def pages(site) -> dict[str, dict[str, str]]:
    """Language to the pages of that language."""
    return {language: render(site, language, TODAY) for language in site.languages}
