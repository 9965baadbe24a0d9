"""What is wrong with the plugin's options: where, what was seen, what to do, all at once.

The shape of the options comes from their schema in `config`; what they name is looked for on disk.
"""

import logging
import re
import warnings
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config import config_options as option
from mkdocs.config import load_config
from mkdocs.config.base import BaseConfigOption, Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException

from menkan.facts import Mistake
from menkan.plugin.config import MenkanConfig

__all__ = ["check_options", "option_mistakes"]

_Path = tuple[str | int, ...]
_THEME = "material"
_KINDS: dict[type, str] = {str: "text", bool: "true or false", dict: "a mapping"}


def check_options(root: Path) -> list[Mistake]:
    """Mistakes in the options of the site below `root`; [] where it has no mkdocs.yml.

    What MkDocs itself has against the file is one mistake, in MkDocs' own words.
    """
    file = root / "mkdocs.yml"
    if not file.is_file():
        return []
    heard: list[str] = []
    listener = _Listener(heard)
    log = logging.getLogger("mkdocs")
    log.addHandler(listener)
    try:
        config = load_config(str(file))
    except MkDocsException as error:
        told = " ".join(heard[0].split()) if heard else str(error)
        return [Mistake(file.name, 1, told, "Correct it; `mkdocs build` tells the same.")]
    finally:
        log.removeHandler(listener)
    plugin = config.plugins.get("menkan")
    return option_mistakes(getattr(plugin, "given", {}), config) if plugin else []


class _Listener(logging.Handler):
    """Keeps what MkDocs logs as errors."""

    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.ERROR)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def option_mistakes(given: Mapping[str, Any], config: MkDocsConfig) -> list[Mistake]:
    """Every mistake in the options as they are `given`, in the order of the file."""
    file = Path(config.config_file_path)
    lines = _Lines(file)
    found = [*_shape(given, MenkanConfig, ())]
    wrong = {path for path, _, _ in found}
    found += [one for one in _content(given, config) if one[0] not in wrong]
    if config.theme.name != _THEME:
        seen = f'the theme is "{config.theme.name}", and the pages are made for "{_THEME}".'
        found.append((("theme",), seen, f"Write: theme: {{name: {_THEME}, font: false}}"))
    told = [Mistake(file.name, lines.at(path), seen, todo) for path, seen, todo in found]
    return sorted(told, key=lambda one: one.line)


_Found = tuple[_Path, str, str]


def _shape(given: Any, schema: type[Config], path: _Path) -> Iterator[_Found]:
    """Unknown names, missing ones, and values of another kind than the schema's."""
    known = dict(schema._schema)
    for name, value in given.items():
        if name in known:
            yield from _value(value, known[name], (*path, name))
            continue
        near = get_close_matches(str(name), known, n=1, cutoff=0.5)
        todo = f"Did you mean {near[0]}? " if near else ""
        seen = f'there is no option "{_named((*path, name))}".'
        yield (*path, name), seen, f"{todo}There are: {', '.join(known)}."
    for name, one in known.items():
        needed = one.default is None and not isinstance(one, option.Optional)
        if needed and name not in given and path:
            yield path, f'{_named(path)} has no "{name}".', f"Add {name}: {_expected(one)}."
        elif needed and name not in given:
            todo = "Add at least one: languages: [{code: en, name: English}]"
            yield path, f"the menkan plugin has no {name}.", todo


def _value(value: Any, one: BaseConfigOption[Any], path: _Path) -> Iterator[_Found]:
    if isinstance(one, option.Optional):
        if value is not None:
            yield from _value(value, one.option, path)
    elif isinstance(one, option.ListOfItems):
        if not isinstance(value, list):
            yield _unlike(value, one, path)
            return
        for place, item in enumerate(value):
            yield from _value(item, one.option_type, (*path, place))
    elif isinstance(one, option.SubConfig):
        if isinstance(value, dict):
            yield from _shape(value, one.config_class, path)
        else:
            yield _unlike(value, one, path)
    else:
        wanted = getattr(one, "_type", str)
        if not isinstance(value, wanted):
            yield _unlike(value, one, path)


def _unlike(value: Any, one: BaseConfigOption[Any], path: _Path) -> _Found:
    return path, f"{_named(path)} is {value!r}.", f"It takes {_expected(one)}."


def _expected(one: BaseConfigOption[Any]) -> str:
    """What an option takes, in a few words."""
    if isinstance(one, option.Optional):
        return _expected(one.option)
    if isinstance(one, option.ListOfItems):
        return f"a list; each item is {_expected(one.option_type)}"
    if isinstance(one, option.SubConfig):
        return f"a mapping with {', '.join(name for name, _ in one.config_class._schema)}"
    return _KINDS.get(getattr(one, "_type", str), "text")


def _content(given: Mapping[str, Any], config: MkDocsConfig) -> Iterator[_Found]:
    """Values of the right kind that name nothing, or the same thing twice."""
    docs = Path(config.docs_dir)
    languages = [one if isinstance(one, dict) else {} for one in _list(given, "languages")]
    codes = [one.get("code") for one in languages]
    if given.get("languages") == []:
        yield ("languages",), "languages is empty.", "List at least one: {code: en, name: English}"
    for place, (code, language) in enumerate(zip(codes, languages, strict=True)):
        where: _Path = ("languages", place)
        if not isinstance(code, str):
            continue
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            todo = "It is the language's tag, such as zh, en or pt-BR."
            yield (*where, "code"), f'"{code}" cannot be the code of a language.', todo
        elif code in codes[:place]:
            seen = f'the code "{code}" stands here a second time.'
            yield (*where, "code"), seen, "Each language has a code of its own; take one out."
        else:
            yield from _missing_page("index.md", code, docs, (*where, "code"))
        letters = language.get("letters")
        if isinstance(letters, str) and (problem := _no_class(letters)):
            todo = "Write the letters themselves or ranges of them, without brackets: 㐀-鿿"
            yield (*where, "letters"), f'letters "{letters}" is no class: {problem}.', todo
    every = [code for code in dict.fromkeys(codes) if isinstance(code, str)]
    sections = [one if isinstance(one, dict) else {} for one in _list(given, "sections")]
    lists: list[tuple[_Path, list[Any]]] = [(("pages",), _list(given, "pages"))]
    for place, section in enumerate(sections):
        lists.append((("sections", place, "pages"), _list(section, "pages")))
        title = section.get("title")
        lacking = [code for code in every if isinstance(title, dict) and code not in title]
        if lacking:
            todo = f"Add {lacking[0]}: to the title; it needs every language."
            yield ("sections", place, "title"), f"the title has no {', '.join(lacking)}.", todo
    for above, pages in lists:
        for place, page in enumerate(pages):
            for code in every if isinstance(page, str) else ():
                yield from _missing_page(page, code, docs, (*above, place))
    social = given.get("social")
    if isinstance(social, str) and not (docs / social).is_file():
        todo = "Put the picture there, 1200 by 630, or take the option out."
        yield ("social",), f"there is no picture {docs.name}/{social}.", todo


def _missing_page(page: str, code: str, docs: Path, path: _Path) -> Iterator[_Found]:
    file = f"{page.removesuffix('.md')}.{code}.md"
    if not page.endswith(".md"):
        yield path, f'"{page}" is no page.', "Name it without its language, such as about.md."
    elif not (docs / file).is_file():
        near = [one.relative_to(docs).as_posix() for one in docs.rglob(f"*.{code}.md")]
        close = get_close_matches(file, near, n=1)
        todo = f"Did you mean {close[0].removesuffix(f'.{code}.md')}.md? " if close else ""
        yield (
            path,
            f"there is no {docs.name}/{file}.",
            f"{todo}Write that file, or take it out here.",
        )


def _no_class(letters: str) -> str | None:
    """Why these letters cannot stand between the brackets of a class, None where they can."""
    if re.search(r"(?<!\\)[\[\]]", letters) or not letters:
        return "brackets are put around it" if letters else "it is empty"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            re.compile(f"[{letters}]")
        except (re.error, Warning) as error:
            return str(error)
    return None


def _list(given: Mapping[str, Any], name: str) -> list[Any]:
    value = given.get(name)
    return value if isinstance(value, list) else []


def _named(path: _Path) -> str:
    """A path as people write it: languages[1].letters."""
    text = "".join(f"[{one + 1}]" if isinstance(one, int) else f".{one}" for one in path)
    return text.removeprefix(".")


class _Lines:
    """On which lines of mkdocs.yml the plugin's options stand."""

    def __init__(self, file: Path) -> None:
        self.lines: dict[_Path, int] = {}
        root = yaml.compose(file.read_text(encoding="utf-8"), yaml.SafeLoader)
        for key, value in _pairs(root):
            if key.value == "theme":
                self.lines["theme",] = key.start_mark.line + 1
            if key.value == "plugins":
                self._find_plugin(value)

    def at(self, path: _Path) -> int:
        """The line of the nearest part of a path that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def _find_plugin(self, node: yaml.Node) -> None:
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for item in items:
            if getattr(item, "value", None) == "menkan":
                self.lines[()] = item.start_mark.line + 1
            for key, value in _pairs(item):
                if key.value == "menkan":
                    self.lines[()] = key.start_mark.line + 1
                    self._keep(value, ())

    def _keep(self, node: yaml.Node, path: _Path) -> None:
        if path:
            self.lines.setdefault(path, node.start_mark.line + 1)
        for key, value in _pairs(node):
            self.lines[*path, key.value] = key.start_mark.line + 1
            self._keep(value, (*path, key.value))
        if isinstance(node, yaml.SequenceNode):
            for place, item in enumerate(node.value):
                self._keep(item, (*path, place))


def _pairs(node: yaml.Node | None) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
    return list(node.value) if isinstance(node, yaml.MappingNode) else []
