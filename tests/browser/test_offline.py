"""Once a reader has used a checker, the site works with the network cut; releases never mix."""

import re
import shutil

import pytest
from playwright.sync_api import Error, expect

from menkan.plugin import offline
from menkan.plugin.offline import publish_service_worker
from tests.conftest import PREFIX

from .server import SiteServer
from .test_checker import answer, checker

GUIDE = "guides/amazon-account-health/"
OTHER = "guides/amazon-seller-notices/"
ACTIVE = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return registration.active.state;
}"""
CACHES = "async () => (await caches.keys()).sort()"


@pytest.fixture
def own_site(built_site, site_port, tmp_path):
    """A copy of the site that a test may change, and its server."""
    folder = tmp_path / "site"
    shutil.copytree(built_site, folder)
    server = SiteServer(folder, PREFIX, site_port)
    yield server
    server.close()


@pytest.fixture
def context(chromium):
    context = chromium.new_context(service_workers="allow")
    yield context
    context.close()


def use_a_checker(context, server):
    """Visit a guide, get a verdict, and wait until the site is kept."""
    page = context.new_page()
    page.goto(f"{server.url}en/{GUIDE}")
    answer(page, "days_below_250", "11")
    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    assert page.evaluate(ACTIVE) in {"activating", "activated"}
    return page


def release(folder, mark):
    """Make another release of the site: each guide's page says `mark`."""
    for page in folder.glob("*/guides/*/index.html"):
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub("<title>", f"<title>{mark} ", text, count=1), encoding="utf-8")
    publish_service_worker(folder, on=True)


def update(page):
    """Have the browser look for a new service worker and wait until it is in or given up."""
    page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          await registration.update();
          const worker = registration.installing;
          if (!worker) return;
          await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
        }"""
    )


def see_newer(context, address):
    """Visit a page of a release that was kept while an older one was open.

    The browser notes a while after a page is closed that it is; until then the older one stays.
    """
    page = context.new_page()
    for _ in range(60):
        page.goto(address)
        if "NEWER" in page.title():
            break
        page.goto("about:blank")
        page.wait_for_timeout(500)
    assert "NEWER" in page.title()
    return page


def test_the_whole_site_and_all_checkers_work_with_the_network_cut(context, own_site):
    page = use_a_checker(context, own_site)
    own_site.close()

    page.goto(f"{own_site.url}zh/{OTHER}")
    answer(page, "invited", "false", slug="amazon-seller-wallet")
    wallet = checker(page, "amazon-seller-wallet")
    expect(wallet).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    for path in ("", "en/", "zh/guides/", "en/guides/taobao-image-space/", "en/checkers.json"):
        assert page.goto(own_site.url + path).ok, path
    assert page.evaluate("fetch('search/entries.json').then(({ ok }) => ok)")


def test_of_many_guides_those_work_offline_that_were_read(context, own_site, monkeypatch):
    monkeypatch.setattr(offline, "AHEAD", 0)
    publish_service_worker(own_site.folder, on=True)
    page = use_a_checker(context, own_site)
    page.goto(f"{own_site.url}zh/{OTHER}")
    own_site.close()

    for path in (f"en/{GUIDE}", f"zh/{OTHER}", "", "en/", "zh/guides/", "en/checkers/"):
        assert page.goto(own_site.url + path).ok, path
    page.goto(f"{own_site.url}zh/{OTHER}")
    answer(page, "invited", "false", slug="amazon-seller-wallet")
    wallet = checker(page, "amazon-seller-wallet")
    expect(wallet).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    with pytest.raises(Error):
        page.goto(f"{own_site.url}en/guides/taobao-image-space/")


def test_what_was_read_of_many_guides_outlives_a_release_that_leaves_it_as_it_is(
    context, own_site, monkeypatch
):
    monkeypatch.setattr(offline, "AHEAD", 0)
    publish_service_worker(own_site.folder, on=True)
    page = use_a_checker(context, own_site)
    page.goto(f"{own_site.url}zh/{OTHER}")
    home = own_site.folder / "en/index.html"
    home.write_text(home.read_text("utf-8").replace("<title>", "<title>NEWER "), encoding="utf-8")
    publish_service_worker(own_site.folder, on=True)
    update(page)
    page.close()
    page = see_newer(context, f"{own_site.url}en/")
    own_site.close()

    assert page.goto(f"{own_site.url}zh/{OTHER}").ok


def test_a_new_release_is_seen_whole_once_no_page_of_the_old_is_open(context, own_site):
    page = use_a_checker(context, own_site)
    page.reload()  # the first visit began before there was a service worker
    old = page.evaluate(CACHES)
    release(own_site.folder, "NEWER")
    update(page)

    second = context.new_page()
    second.goto(f"{own_site.url}en/{OTHER}")
    assert "NEWER" not in second.title()
    answer(second, "invited", "false", slug="amazon-seller-wallet")
    wallet = checker(second, "amazon-seller-wallet")
    expect(wallet).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    page.close()
    second.close()

    page = see_newer(context, f"{own_site.url}en/{OTHER}")
    page.wait_for_function(f"async () => String(await ({CACHES})()) !== {str(','.join(old))!r}")
    assert len(page.evaluate(CACHES)) == 1


def test_a_release_that_does_not_arrive_whole_is_not_seen_at_all(context, own_site):
    page = use_a_checker(context, own_site)
    release(own_site.folder, "NEWER")
    broken = own_site.folder / f"en/{OTHER}index.html"
    broken.write_text(broken.read_text("utf-8").replace("NEWER", "HALF"), encoding="utf-8")
    update(page)
    page.close()

    page = context.new_page()
    page.goto(f"{own_site.url}en/{OTHER}")
    assert "HALF" not in page.title()
    page.goto(f"{own_site.url}en/{GUIDE}")
    assert "NEWER" not in page.title()


def test_the_switch_takes_the_service_worker_out_of_readers_browsers(context, own_site):
    page = use_a_checker(context, own_site)
    page.evaluate("window.same = true")
    publish_service_worker(own_site.folder, on=False)
    page.evaluate("async () => (await navigator.serviceWorker.ready).update()")

    page.wait_for_function(
        "async () => !(await caches.keys()).length && !(await navigator.serviceWorker.getRegistrations()).length"
    )
    assert page.evaluate("window.same") is True
    page.goto(f"{own_site.url}en/{OTHER}")
    answer(page, "invited", "false", slug="amazon-seller-wallet")
    wallet = checker(page, "amazon-seller-wallet")
    expect(wallet).to_have_attribute("data-state", "not_eligible", timeout=30_000)


def test_other_sites_of_the_same_origin_keep_what_is_theirs(context, own_site):
    page = context.new_page()
    page.goto(own_site.url)
    page.evaluate("caches.open('theirs')")
    page.close()
    page = use_a_checker(context, own_site)
    release(own_site.folder, "NEWER")
    update(page)
    page.close()

    page = context.new_page()
    page.goto(f"{own_site.url}en/{GUIDE}")
    scope = page.evaluate("navigator.serviceWorker.ready.then(({ scope }) => scope)")
    assert scope == own_site.url
    page.wait_for_function("async () => (await caches.keys()).length === 2")
    assert "theirs" in page.evaluate(CACHES)


def test_a_reader_who_saves_data_keeps_nothing(context, own_site):
    context.add_init_script(
        "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"
    )
    page = context.new_page()
    page.goto(f"{own_site.url}en/{GUIDE}")
    checker(page).locator("[data-input=days_below_250] input").focus()
    page.wait_for_load_state("networkidle")
    assert not [path for path in own_site.requests if "/python-" in path]

    answer(page, "days_below_250", "11")
    expect(checker(page)).to_have_attribute("data-state", "not_eligible", timeout=30_000)
    page.wait_for_load_state("networkidle")
    assert (
        page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    )
