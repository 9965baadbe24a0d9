"""The nested build of one language: generated guides in, hand-written pages by their suffix."""

import re
from html import escape
from pathlib import Path
from typing import Any, cast

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from menkan import guides
from menkan.plugin import search
from menkan.plugin.increment import Memory
from menkan.plugin.marking import mark_languages
from menkan.plugin.once import Entries
from menkan.plugin.policy import with_policy
from menkan.plugin.reference import with_reference
from menkan.site import Site

__all__ = ["LanguagePlugin"]

_TABLE = re.compile(r"<table>(.*?</table>)", re.DOTALL)


class _NoOptions(Config):
    """The outer plugin gives the inner one what it works with; mkdocs.yml does not."""


class LanguagePlugin(BasePlugin[_NoOptions]):
    """Feeds one language's pages to a MkDocs build; made and configured by the outer plugin.

    code: the language's tag. languages: mappings with code and name of all of them.
    site: what the guides are rendered from. web: the folder of the page's scripts,
    relative to the site's root. root: the site's address, or "/" where it has none.
    social: the picture shown where a page is shared, below the language's folder. touched: while
    serving, the guides that are built anew (None: all); memory holds what the others were.
    """

    def __init__(
        self,
        code: str,
        languages: list[dict[str, Any]],
        site: Site,
        web: str,
        root: str,
        social: str | None = None,
        memory: Memory | None = None,
        touched: set[str] | None = None,
    ):
        super().__init__()
        self.code = code
        self.languages = languages
        self.letters = {
            item["code"]: item["letters"]
            for item in languages
            if item["code"] != code and item.get("letters")
        }
        self.site = site
        self.web = web
        self.root = root
        self.social = social
        self.memory = memory
        self.touched = touched

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        search.leave_segmenting(config)
        # True, not a list: the theme then shows the switch and writes no <link rel="alternate">.
        config.extra["alternate"] = True
        config.extra["menkan"] = {
            "web": self.web,
            "code": self.code,
            "languages": self.languages,
            "root": self.root,
            "social": self.social,
            "say": guides.wording(self.site, self.code),
        }
        return config

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Keep this language's pages and every asset; add what was generated."""
        kept = []
        for file in files:
            if not file.is_documentation_page():
                if not file.src_uri.startswith("facts/") and not file.src_uri.endswith(".yml"):
                    kept.append(file)
                continue
            path = own_path(file.src_uri, self.code, [item["code"] for item in self.languages])
            if path is not None:
                kept.append(File.generated(config, path, abs_src_path=str(file.abs_src_path)))
        written = {file.src_uri for file in kept}
        generated = guides.render(self.site, self.code, only=self.touched)
        if self.site.checkers:
            generated["checkers.md"] = guides.checker_list(self.site, self.code)
        left = set()
        if self.touched is not None:
            left = {f"guides/{guide_id}.md" for guide_id in set(self.site.records) - self.touched}
        kept += [
            File.generated(config, path, content=generated.get(path, ""))
            for path in sorted(left | set(generated))
            if path not in written  # a page written by hand stands for the generated one
        ]
        for file in kept:
            if file.is_documentation_page():
                stays = file.src_uri in left - written
                _built_anew(file, not stays)
        self.urls = [file.url for file in kept if file.is_documentation_page()]
        return Files(kept)

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self.entries = Entries(nav)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        env.globals["menkan_entries"] = self.entries
        # Structured data as it is written, not as escapes, which take twice the bytes.
        env.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False}
        return env

    def on_page_markdown(self, text: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Fill in the lists that a page written by hand asks for."""
        prefix = "../" * page.file.src_uri.count("/")
        try:
            text = with_reference(text, self.site, self.code, "../" * page.url.count("/"))
            return guides.with_blocks(text, self.site, self.code, prefix)
        except LookupError as error:
            raise PluginError(f"docs/{page.file.src_uri}: {error}") from None

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Mark other languages' words; let the search find a guide by words that stand nowhere in it."""
        html = mark_languages(html, self.letters)
        # The theme would wrap a table without a class into a box that no key can scroll.
        html = _TABLE.sub(
            r'<div class="mk-wide" tabindex="0"><table class="mk-plain">\1</div>', html
        )
        if page.meta.get("guide"):
            own = page.meta.get("keywords") or []
            found = search.keywords(self.site, page.meta["guide"], own, self.code)
            hidden = f"<p hidden>{search.UNSEEN} {escape(' '.join(found))}</p>"
            html = re.sub(r"</h1>", lambda end: f"{end[0]}\n{hidden}", html, count=1)
        return html

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        site = Path(config.site_dir)
        index = site / "search" / "search_index.json"
        search.refine_index(index, self.site, self.code, self._others)
        theme_search: Any = config.plugins["material/search"]
        search.place_worker(site, theme_search.config.lang)

    def _others(self, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Add to the search's entries those of pages that this build has left as they were."""
        return self.memory.complete(entries, self.code, self.urls) if self.memory else entries

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the template a guide's structured data, with whole addresses."""
        guide_id = page.meta.get("guide")
        if guide_id:
            data = guides.structured_data(self.site, guide_id, self.code)
            cast("dict[str, Any]", context)["structured"] = _absolute(
                data, page.canonical_url or ""
            )
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return with_policy(_named(output))

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        if not template_name.endswith(".html"):
            return output_content
        return with_policy(_named(output_content))


def _built_anew(file: File, anew: bool) -> None:
    """Say whether a partial build writes a file's page; MkDocs would ask the file's time."""
    setattr(file, "is_modified", lambda: anew)  # noqa: B010 - it takes a method's place


def _absolute(data: Any, address: str) -> Any:
    """Put the page's address before every "url" that is only a fragment."""
    if isinstance(data, list):
        return [_absolute(item, address) for item in data]
    if not isinstance(data, dict):
        return data
    return {
        key: address + value if key == "url" else _absolute(value, address)
        for key, value in data.items()
    }


def _named(html: str) -> str:
    """Give the theme's search box a name, our worker, and hide its loading bar.

    The name is the placeholder that the theme has translated for that language already.
    """
    html = re.sub(r"workers/search\.\w+\.min\.js", f"workers/{search.WORKER}", html, count=1)
    name = re.search(r'class="md-search__input"[^>]*? placeholder="([^"]*)"', html)
    if name:
        html = html.replace('role="dialog"', f'role="dialog" aria-label="{name[1]}"', 1)
    return html.replace('role="progressbar"', 'aria-hidden="true"', 1)


def own_path(path: str, code: str, codes: list[str]) -> str | None:
    """The path of a hand-written page in a language's tree: `about.zh.md` is `about.md` in zh.

    None where the page belongs to another language, or to none and so not to the site.
    """
    found = re.fullmatch(r"(.+)\.([A-Za-z-]+)\.md", path)
    if not found or found[2] not in codes:
        return None
    return f"{found[1]}.md" if found[2] == code else None
