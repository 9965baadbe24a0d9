"""What the rules' tests share: the site's own checkers, bound to the site's own records."""

from functools import cache
from pathlib import Path

import pytest
from menkan.facts import load_records
from menkan.rules import load_checkers

ROOT = Path(__file__).parents[2]


@cache
def site_figures():
    """Give guide id -> (as_of, figures) from the records."""
    return {
        guide: (record.source.published and str(record.source.published), record.figures())
        for guide, record in load_records(ROOT / "docs/facts").items()
    }


@cache
def site_checkers():
    """Give slug -> (guide id, checker)."""
    return {
        checker.slug: (guide, checker)
        for guide, checkers in load_checkers(ROOT / "checkers").items()
        for checker in checkers
    }


@cache
def bound(slug):
    """Bind a checker of the site to its guide's record."""
    guide, checker = site_checkers()[slug]
    as_of, figures = site_figures()[guide]
    return checker.bind(figures, as_of=as_of)


SLUGS = sorted(site_checkers())


@pytest.fixture(params=SLUGS)
def slug(request):
    return request.param
