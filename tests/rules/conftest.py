"""Runs a test that takes `slug` once for every checker of the site."""

import pytest
from own_site import SLUGS


@pytest.fixture(params=SLUGS)
def slug(request):
    return request.param
