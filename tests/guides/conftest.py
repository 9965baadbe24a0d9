"""The guides of this repository, rendered in every language."""

from datetime import date
from pathlib import Path

import pytest
from menkan.guides import render
from menkan.site import Site

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def site() -> Site:
    return Site.load(ROOT)


@pytest.fixture(scope="session")
def pages(site) -> dict[str, dict[str, str]]:
    """Language to the pages of that language."""
    return {language: render(site, language, TODAY) for language in site.languages}
