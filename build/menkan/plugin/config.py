"""The options of the plugin under `plugins: - menkan:` in mkdocs.yml."""

from mkdocs.config import config_options as option
from mkdocs.config.base import Config

__all__ = ["Language", "MenkanConfig", "Section"]


class Language(Config):
    """One language of the site: the folder of its pages and what the theme is told."""

    code = option.Type(str)
    """The language's tag, such as zh; also the folder of its pages."""

    name = option.Type(str)
    """Its name in itself, for the switcher."""

    theme = option.Optional(option.Type(str))
    """The theme's name for it, where that is not the code."""

    letters = option.Optional(option.Type(str))
    """A regular expression's character class of letters that only this language is written in, such
    as 㐀-鿿: in pages of the other languages they are marked with this language's tag."""

    site_name = option.Optional(option.Type(str))
    """The site's name in it, where that is not `site_name`."""


class Section(Config):
    """A further section of the navigation, after the pages of the site."""

    title = option.Type(dict)
    """Its heading in every language: {zh: 给作者, en: For authors}."""

    pages = option.ListOfItems(option.Type(str))
    """Its pages, as in `pages`."""


class MenkanConfig(Config):
    """Options of the plugin. Records stand in docs/facts and checkers in checkers, beside mkdocs.yml."""

    languages = option.ListOfItems(option.SubConfig(Language))
    """The languages, the one for readers of no listed language first."""

    cache = option.Type(str, default=".cache")
    """Where packed and downloaded parts are kept between builds."""

    offline = option.Type(bool, default=True)
    """Keep the site in readers' browsers once they have used a checker, so that it works offline;
    of a site with hundreds of guides, the guides they open.

    False also removes what an earlier release has kept there.
    """

    pages = option.ListOfItems(option.Type(str), default=[])
    """Pages written by hand, in the order of the navigation, as paths without their language: about.md."""

    sections = option.ListOfItems(option.SubConfig(Section), default=[])
    """Further sections of the navigation with pages written by hand."""

    social = option.Optional(option.Type(str))
    """The picture shown where a page is shared, 1200 by 630, below docs: assets/social.png."""

    pack = option.Type(bool, default=False)
    """Pack the browser's runtime for these checkers even where the engine brings one: a smaller download, but needs the extra `pack` and a network the first time."""
