"""The outer build: check the content, pack the runtime, build each language, put the site in place."""

import gc
import json
import logging
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jieba
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import ConfigErrors, ConfigWarnings
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.theme import Theme

from menkan import guides
from menkan.facts import RecordErrors
from menkan.pack import PackError, Runtime
from menkan.pack import pack as pack_anew
from menkan.pack.prebuilt import SHIPPED, pack
from menkan.pack.tools import ToolError
from menkan.plugin.config import Language, MenkanConfig
from menkan.plugin.increment import Memory
from menkan.plugin.language import LanguagePlugin
from menkan.plugin.mistakes import option_mistakes
from menkan.plugin.offline import publish_service_worker
from menkan.plugin.once import spare
from menkan.plugin.policy import with_policy
from menkan.plugin.scripts import compile_early
from menkan.plugin.styles import trim_styles
from menkan.plugin.web import WEB, publish_web
from menkan.site import Site

__all__ = ["MenkanPlugin", "navigation", "requests", "swap"]

HERE = Path(__file__).resolve().parent
# With more guides than this, a page's navigation holds only the marketplaces and the guides of its
# own: with all guides on every page, time and bytes would grow with their square.
PRUNED = 100
PRUNING = "navigation.prune"
log = get_plugin_logger("menkan")
jieba.setLogLevel(
    logging.WARNING
)  # the search's word splitter tells of its dictionary at every start


class MenkanPlugin(BasePlugin[MenkanConfig]):
    """Turns records and checkers into a site with one folder per language."""

    def __init__(self) -> None:
        super().__init__()
        self.serving = False
        self.memory = Memory()
        self.published: Runtime | None = None

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[ConfigErrors, ConfigWarnings]:
        """Keep what was written; `on_config` tells all that is wrong with it, by line."""
        self.given = options
        super().load_config(options, config_file_path)
        return [], []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and check all content before anything is cleaned, so a mistake costs no page."""
        _restore(Path(config.site_dir))
        self.root = Path(config.config_file_path).parent
        if mistakes := option_mistakes(self.given, config):
            raise PluginError(_told(mistakes))
        codes = tuple(language.code for language in self.config.languages)
        try:
            self.site = Site.load(self.root, languages=codes)
            if mistakes := guides.missing_messages(self.site):
                raise RecordErrors(mistakes)
            cache = self.root / self.config.cache / "pack"
            make = pack_anew if self.config.pack else pack
            self.runtime = make(
                self.root / "checkers",
                self.site.figures(),
                requests(self.site),
                cache,
                log.info,
            )
        except RecordErrors as errors:
            raise PluginError(_told(errors.messages)) from None
        except (PackError, ToolError) as error:
            raise PluginError(str(error)) from None
        # The outer build has no pages of its own: a root page and a 404, each a plain template.
        config.theme = Theme(
            name=None,
            custom_dir=str(HERE / "outer"),
            static_templates=["index.html", "404.html", "sitemap.xml"],
            locale="en",
        )
        spare(config.theme)
        config.extra["menkan"] = {
            "languages": [
                {**item, "say": guides.wording(self.site, item.code)}
                for item in self.config.languages
            ],
            "social": self.config.social,
        }
        self.touched = self._touched(config) if self.serving else None
        # Built beside the last good site and moved over it at the very end.
        self.final = Path(config.site_dir)
        config.site_dir = str(self.final.with_name(f"{self.final.name}.part"))
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        return Files([])

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        return with_policy(output_content) if template_name.endswith(".html") else output_content

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        target = Path(config.site_dir)
        shared = target / "menkan"
        if self.touched is None or self.runtime != self.published:
            self.runtime.publish(shared, compressed=not self.serving)
        self.published = self.runtime
        offline = self.config.offline and not self.serving
        manifest = self.runtime.manifest_text()
        # What the wheel carries is used as it is, without any tool.
        plain = self.serving or (SHIPPED.is_dir() and not self.config.pack)
        cache = None if plain else self.root / self.config.cache / "pack"
        try:
            web = publish_web(shared, self.site, manifest, offline=offline, cache=cache)
        except ToolError as error:
            raise PluginError(str(error)) from None
        web = f"menkan/{web}"
        if self.touched is not None:
            # Onto the last site: pages that are not built anew stay as they are.
            shutil.copytree(target, self.final, dirs_exist_ok=True)
            shutil.rmtree(target)
            config.site_dir = str(self.final)
            target = self.final
        # What has been read stays to the end: no use in going through it for garbage again and again.
        if self.touched is None:
            gc.collect()
            gc.freeze()
        for language in self.config.languages:
            build(self._nested(config, language, web), dirty=self.touched is not None)
            known = self.memory.data(language.code) if self.serving else None
            for name, text in guides.open_data(self.site, language.code, known).items():
                (target / language.code / name).write_text(text, encoding="utf-8")
            llms = guides.llms_txt(self.site, language.code, config.site_name)
            (target / language.code / "llms.txt").write_text(llms, encoding="utf-8")
            if not self.serving:
                trim_styles(target / language.code, shared)
                compile_early(target / language.code)
            if self.touched is None:
                gc.collect()  # pages, files and navigation name each other
        gc.unfreeze()
        for packed in target.rglob("sitemap.xml.gz"):
            packed.unlink()  # the same text again, with the time of the build inside
        publish_service_worker(target, on=offline)
        if target != self.final:
            _swap(target, self.final)
        config.site_dir = str(self.final)

    def on_build_error(self, *, error: Exception) -> None:
        """Leave the last good site as it was."""
        self.memory.forget()
        gc.unfreeze()
        if hasattr(self, "final"):
            shutil.rmtree(self.final.with_name(f"{self.final.name}.part"), ignore_errors=True)

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],
    ) -> LiveReloadServer:
        for folder in (self.root / "checkers", self.root / "docs/facts", WEB, HERE):
            # What is watched twice is told of twice, and built twice.
            if folder.is_dir() and not folder.is_relative_to(config.docs_dir):
                server.watch(str(folder))
        return server

    def _touched(self, config: MkDocsConfig) -> set[str] | None:
        """While serving: the guides that changed since the last build, None for everything."""
        root = self.root
        watched = [Path(config.config_file_path), HERE, WEB, HERE.parent / "guides"]
        watched += [root / "docs/messages", root / "docs/marketplaces.yml", root / "docs/terms.yml"]
        found = self.memory.touched(self.site, watched)
        return (
            found
            if Path(config.site_dir).is_dir() and any(Path(config.site_dir).iterdir())
            else None
        )

    def _nested(self, config: MkDocsConfig, language: Language, web: str) -> MkDocsConfig:
        """The configuration of one language's build: mkdocs.yml with a few keys replaced."""
        base = (config.site_url or "").rstrip("/")
        nested = load_config(
            config_file=config.config_file_path,
            docs_dir=config.docs_dir,
            site_dir=str(Path(config.site_dir) / language.code),
            site_name=language.site_name or config.site_name,
            site_url=f"{base}/{language.code}/" if base else None,
            strict=config.strict,
            plugins=[
                {
                    "search": {
                        "lang": [language.theme or language.code],
                        # The theme puts the mark U+200B between words of Chinese in every language.
                        "separator": r"[\s\u200b\-]+",
                    }
                }
            ],
            nav=navigation(self.site, language.code, self.config),
        )
        nested.theme["language"] = language.theme or language.code
        if len(self.site.records) > PRUNED and PRUNING not in nested.theme.get("features", ()):
            nested.theme["features"] = [*nested.theme.get("features", ()), PRUNING]
        nested.theme.dirs.insert(0, str(HERE / "theme"))
        spare(nested.theme)
        nested.plugins["menkan-language"] = LanguagePlugin(
            language.code,
            [dict(item) for item in self.config.languages],
            self.site,
            web,
            f"{base}/" if base else "/",
            self.config.social,
            self.memory if self.serving else None,
            self.touched,
        )
        if self.touched is not None:  # anchors of pages that are not built cannot be looked up
            nested.validation.links.anchors = logging.DEBUG
        nested.extra["generator"] = False
        return nested


def requests(site: Site) -> list[str]:
    """One question for each checker, for finding what the runtime needs."""
    return [
        json.dumps({"checker": checker.slug, "answers": {}})
        for checkers in site.checkers.values()
        for checker in checkers
    ]


def navigation(site: Site, language: str, config: MenkanConfig) -> list[Any]:
    """The pages in order: home, the lists, the guides by marketplace, `pages`, `sections`."""
    words = guides.wording(site, language)
    nav: list[Any] = [
        {words["root.home"]: "index.md"},
        *(["checkers.md"] if site.checkers else []),
        "guides/index.md",
    ]
    for key, records in site.places().items():
        guide_pages = [
            {record.guide.title[language]: f"guides/{guide_id}.md"}
            for guide_id, record in records.items()
        ]
        nav.append({site.marketplaces[key].name[language]: guide_pages})
    if config.pages:
        nav.append({words["nav.about"]: list(config.pages)})
    nav += [{section.title[language]: list(section.pages)} for section in config.sections]
    return nav


def _told(messages: Sequence[object]) -> str:
    count = len(messages)
    noun = "mistake" if count == 1 else "mistakes"
    return "\n".join(
        ["", *map(str, messages), f"{count} {noun}; nothing was built, the last site stands."]
    )


def swap(new: Path, final: Path, old: Path) -> None:
    """Put the folder `new` where `final` stands; what stood there waits at `old` until that is done."""
    if final.exists():
        final.rename(old)
    try:
        new.rename(final)
    except OSError:
        if old.exists() and not final.exists():
            old.rename(final)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _swap(new: Path, final: Path) -> None:
    """Put the site `new` where `final` stands, in a way that `_restore` can finish."""
    shutil.rmtree(_old(final), ignore_errors=True)
    swap(new, final, _old(final))


def _restore(final: Path) -> None:
    """Put the last site back where `_swap` was stopped between its two steps."""
    if not final.exists() and _old(final).exists():
        _old(final).rename(final)


def _old(final: Path) -> Path:
    return final.with_name(f"{final.name}.old")
