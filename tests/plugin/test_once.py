"""The navigation, put together from pieces, is what the theme would have rendered."""

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation
from mkdocs.utils import get_relative_url

from menkan.plugin import site as outer
from menkan.plugin.once import Entries

PAGES = [
    "index.md",
    "about.md",
    "guides/index.md",
    "guides/a.md",
    "guides/b.md",
    "guides/b/more.md",
]
NAV = [
    "index.md",
    "guides/index.md",
    {"One": ["guides/a.md"]},
    {"Two": ["guides/b.md", {"More": ["guides/b/more.md"]}]},
    "about.md",
]


def everything(item, page):
    """A macro's work: every link below an entry, as it starts from the page."""
    own = [f"{get_relative_url(item.url, page.url)}{item.active}"] if item.is_page else []
    return " ".join(own + [everything(child, page) for child in item.children or ()])


@pytest.mark.parametrize("folders", [True, False], ids=["folder-per-page", "file-per-page"])
def test_each_page_has_every_link_as_it_starts_from_there(tmp_path, folders):
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: t\n")
    config = load_config(str(tmp_path / "mkdocs.yml"), nav=NAV, use_directory_urls=folders)
    files = Files([File(path, "docs", "site", folders) for path in PAGES])
    nav = get_navigation(files, config)
    entries = Entries(nav)

    for page in [*nav.pages, *nav.pages]:  # the second time nothing is rendered anew

        def render(item, path, level, page=page):
            assert level == 1
            return f"{path}: {everything(item, page)}; "

        page.active = True
        found = entries(render, page)
        expected = "".join(
            render(item, f"__nav_{number}", 1) for number, item in enumerate(nav.items, 1)
        )
        page.active = False

        assert found == expected, page


def test_with_many_guides_a_page_lists_those_of_its_marketplace(site_copy, tmp_path, monkeypatch):
    monkeypatch.setattr(outer, "PRUNED", 5)
    config = load_config(str(site_copy / "mkdocs.yml"), site_dir=str(tmp_path / "site"))
    config.plugins.on_startup(command="serve", dirty=False)
    config.plugins["menkan"].memory.forget()

    build(config, serve_url="http://127.0.0.1/")

    page = (tmp_path / "site/en/guides/huawei-assets/index.html").read_text(encoding="utf-8")
    navigation = page.partition("md-sidebar--primary")[2].partition("md-sidebar--secondary")[0]
    assert "md-nav__item--pruned" in navigation
    assert "../huawei-refunds/" in navigation and "../amazon-seller-notices/" not in navigation
