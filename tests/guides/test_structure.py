"""Both languages have the same skeleton, every anchor exists, and no record smuggles HTML in."""

import re
from dataclasses import replace

import markdown
import pytest
from markdown_it import MarkdownIt

from menkan.facts import parse_record
from menkan.guides import Wording, render_checker
from menkan.guides import markdown as escaped

EXTENSIONS = ["attr_list", "md_in_html", "tables"]
_ID = re.compile(r"\{:? ?#([a-z0-9-]+) ?\}|id=\"([a-z0-9-]+)\"")
_LINK = re.compile(r"\]\(#([a-z0-9-]+)\)")
# The only HTML of the engine itself.
_OWN_HTML = re.compile(
    r'<div class="admonition warning guide-age" markdown="1">|</div>'
    r'|<p class="admonition-title">[^<>]*</p>'
    r'|<details class="decision-table" id="[a-z-]+" markdown="1">|</details>'
    r"|<summary>[^<>]*</summary>"
)


_FORM = re.compile(r'<div class="mk">\n.*?</menkan-checker>\n</div>\n', re.DOTALL)


def body(page: str) -> str:
    return page.split("---\n", 2)[2]


def skeleton(page: str) -> list:
    """Headings, lists, tables and ids in order, without a word of text."""
    found = []
    for token in MarkdownIt().enable("table").parse(body(page)):
        if token.type in ("heading_open", "tr_open", "th_open", "td_open") or token.type.endswith(
            ("list_open", "item_open")
        ):
            found.append((token.type, token.tag))
        elif token.type in ("inline", "html_block"):
            found += [a or b for a, b in _ID.findall(token.content)]
            found += _LINK.findall(token.content)
    return found


def test_every_language_has_the_same_pages(pages):
    first, *others = (set(found) for found in pages.values())

    assert len(first) == 14
    assert all(other == first for other in others)


def test_headings_lists_tables_and_anchors_are_the_same_in_every_language(pages):
    first, *others = pages.values()

    for name, page in first.items():
        for other in others:
            assert skeleton(other[name]) == skeleton(page), name


def test_the_skeleton_sees_headings_lists_tables_and_ids(pages):
    found = skeleton(pages["en"]["guides/taobao-image-space.md"])

    assert {("heading_open", "h2"), ("ordered_list_open", "ol"), ("td_open", "td")} <= {
        one for one in found if isinstance(one, tuple)
    }
    assert {"fact-space-price", "taobao-image-space-capacity"} <= set(map(str, found))


def test_every_anchor_that_is_linked_exists_once(pages):
    for found in pages.values():
        for name, page in found.items():
            html = markdown.markdown(body(page), extensions=EXTENSIONS)
            ids = re.findall(r'id="([^"]+)"', html)
            assert len(ids) == len(set(ids)), name
            assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids), name


def test_every_fact_has_its_anchor(site, pages):
    for found in pages.values():
        for guide_id, record in site.records.items():
            html = markdown.markdown(body(found[f"guides/{guide_id}.md"]), extensions=EXTENSIONS)
            for fact in record.facts:
                assert f'<li id="fact-{fact.id}">' in html


def test_lines_outside_the_article_are_owned_up_to(site, pages):
    for language, found in pages.items():
        for guide_id, record in site.records.items():
            zones = {fact.evidence.zone for fact in record.facts} - {None}
            source = found[f"guides/{guide_id}.md"].split("{#source}")[1]
            assert (Wording(language)["source.zone"] in source) == bool(zones), guide_id


def test_every_citation_of_a_rule_leads_to_its_fact(site, pages):
    for found in pages.values():
        for guide_id, checkers in site.checkers.items():
            page = found[f"guides/{guide_id}.md"]
            for checker in checkers:
                section = page.split(f"{{: #{checker.slug}-rules }}")[1].split("\n#")[0]
                for rule in checker.rules.values():
                    assert all(f"(#fact-{fact_id})" in section for fact_id in rule.cited)


def test_no_mark_of_markdown_is_left_in_the_html(pages):
    for found in pages.values():
        for name, page in found.items():
            text = re.sub(r"<[^>]*>", "", markdown.markdown(body(page), extensions=EXTENSIONS))
            assert not re.search(r"\*\*|\{[:#.]|\]\(|^\|", text, re.MULTILINE), name


def test_the_pages_hold_no_html_but_the_engines_own(pages):
    for found in pages.values():
        for name, page in found.items():
            rest = _OWN_HTML.sub("", _FORM.sub("", body(page)))
            assert not re.search(r"</?[A-Za-z]", rest), name


def test_the_forms_hold_no_html_of_a_record(site):
    """The form's template escapes: a tag in a word comes out as text."""
    guide_id, slug = "huawei-refunds", "huawei-refund-review"
    record = site.records[guide_id]
    words = record.checkers[slug]
    bad = dict.fromkeys(site.languages, "<b onclick=x>")
    label = words.rules["comment"].model_copy(update={"label": bad})
    spoiled = words.model_copy(update={"question": bad, "rules": words.rules | {"comment": label}})
    changed = record.model_copy(update={"checkers": record.checkers | {slug: spoiled}})

    html = render_checker(
        replace(site, records={guide_id: changed}), guide_id, slug, site.languages[0]
    )

    assert "<b onclick" not in html and "&lt;b onclick=x&gt;" in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[link](javascript:alert(1))",
        "![picture](x)",
        "&lt;b&gt;",
        "# heading",
        "- item",
        "> quote",
        "`code` *stress* _stress_ ~~x~~ ^x^ |cell|",
        "text {: onclick=alert(1) }",
        "<https://tidepool.example>",
    ],
)
def test_whatever_a_text_holds_is_shown_as_typed(text):
    html = markdown.markdown(escaped(text), extensions=EXTENSIONS)

    shown = re.fullmatch(r"<p>(.*)</p>", html, re.DOTALL)
    assert shown and not re.search(r"<[A-Za-z/]", shown[1]), html
    plain = shown[1].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    plain = plain.replace("&#126;", "~").replace("&#94;", "^").replace("&#124;", "|")
    assert plain.replace("&amp;", "&") == text


def test_html_in_a_record_is_refused(site):
    text = (site.root / "docs/facts/huawei-refunds.yml").read_text(encoding="utf-8")
    text = text.replace("审核时须写明意见。", "审核时须<b>写明</b>意见。", 1)

    _, mistakes = parse_record(text, "huawei-refunds.yml", site.languages)

    assert [mistake.seen[:19] for mistake in mistakes] == ["the text holds HTML"]


def test_the_messages_have_the_same_keys_in_every_language(site):
    def keys(part, path=()):
        if isinstance(part, dict):
            return {path} | {key for name in part for key in keys(part[name], (*path, name))}
        return {path}

    first, *others = (keys(Wording(language)._messages) for language in site.languages)

    assert all(other == first for other in others)


@pytest.mark.parametrize("kind", ["input", "figure", "value"])
def test_every_unit_has_words(site, kind):
    units = {
        "input": {i.unit for cs in site.checkers.values() for c in cs for i in c.inputs},
        "figure": {
            f.unit
            for r in site.records.values()
            for fact in r.facts
            for series in fact.figures.values()
            for f in series
        },
        "value": {
            v.unit
            for r in site.records.values()
            for c in r.checkers.values()
            for v in c.values.values()
        },
    }[kind]

    for language in site.languages:
        assert units - {None} <= set(Wording(language)["units"])
