"""Runs a test that takes `slug` once for every checker of the site."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "rules"))

from own_site import SLUGS


@pytest.fixture(params=SLUGS)
def slug(request):
    return request.param
