"""A build that does not come to its end, however it is stopped, leaves the last good site."""

import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import build_site


@pytest.fixture
def last(tmp_path):
    """The last good site: one file will do."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "last.txt").write_text("the last good site")
    return site


def left(site):
    """What stands where sites are built, and what is in the site."""
    beside = sorted(path.name for path in site.parent.glob("site*"))
    return beside, sorted(path.name for path in site.iterdir())


def start(root, site, **more):
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def test_killed_between_two_languages_and_built_again(site_copy, last):
    process = start(site_copy, last)
    end = time.monotonic() + 120
    while not last.with_name("site.part").joinpath("en").exists():
        assert process.poll() is None and time.monotonic() < end, process.stderr.read()
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert left(last) == (["site", "site.part"], ["last.txt"])

    done = build_site(site_copy, last)

    assert done.returncode == 0, done.stderr
    assert left(last)[0] == ["site"]
    assert (last / "en/index.html").exists() and not (last / "last.txt").exists()


def test_killed_while_the_new_site_was_put_in_place(site_copy, last):
    last.rename(last.with_name("site.old"))
    last.with_name("site.part").mkdir()
    (site_copy / "docs/facts/huawei-assets.yml").write_text("guide: {}\n")

    done = build_site(site_copy, last)

    assert done.returncode == 1
    assert left(last) == (["site", "site.part"], ["last.txt"])


def test_a_mistake_found_in_the_second_language(site_copy, last):
    page = site_copy / "docs/about.en.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n<!-- menkan: nothing -->\n")

    done = build_site(site_copy, last)

    assert done.returncode == 1
    assert 'about.md: there is no list "nothing"' in done.stderr
    assert left(last) == (["site"], ["last.txt"])


def test_the_disk_takes_no_more(site_copy, last):
    # Stands in for a full disk: no file may grow beyond this, and Python for the browser does.
    limit = 1_000_000
    process = start(
        site_copy,
        last,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    told = process.communicate(timeout=120)[1]

    assert process.returncode != 0
    assert "File too large" in told
    assert left(last) == (["site"], ["last.txt"])
