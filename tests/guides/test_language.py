"""Both languages are written by their own conventions, and nothing sounds like today's rule."""

import re

import pytest

from menkan.facts import texts
from menkan.guides import Wording

HAN = "[㐀-䶿一-鿿]"
# A present tense in a fact makes an old rule sound like today's. Steps are instructions under a
# heading that dates them.
_PRESENT = re.compile(
    r"\b(?:is|are|must|can|cannot|may|shall|will|has to|have to|need to|needs?|requires?|"
    r"does|costs|applies|allows?)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def words_of_checkers(site) -> dict[str, dict[str, str]]:
    """Language to all words of each guide's checkers, in the form of a page."""
    return {
        language: {
            guide_id: "---\n---\n"
            + "\n".join(
                Wording(language).text(words, record)
                for path, words, _ in texts(record)
                if path[0] == "checkers"
            )
            for guide_id, record in site.records.items()
        }
        for language in site.languages
    }


def shown(page: str) -> str:
    """The prose of a page: no front matter, no forms, no citations, no marks, no HTML."""
    text = page.split("---\n", 2)[2]
    text = re.sub(r'<div class="mk">.*?</menkan-checker>', "", text, flags=re.DOTALL)
    text = re.sub(r" ?\[[^\]]*\]\([^)]*\)\{[^}]*\}", "", text)
    text = re.sub(r" *\{[:#][^}]*\}|<[^>]*>", "", text)
    return re.sub(r" +$", "", text.replace("&lt;", "<"), flags=re.MULTILINE)


def lines_against(pages, pattern: str) -> list[str]:
    found = []
    for name, page in pages.items():
        for line in shown(page).split("\n"):
            match = re.search(pattern, line)
            if match:
                found.append(f"{name}: …{line[max(0, match.start() - 12) : match.end() + 12]}…")
    return found


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a half-width mark after Chinese", rf"{HAN}[,;:?!]|{HAN}\.(?!\d)"),
        ("half-width brackets in Chinese", rf"{HAN} ?\(|\){HAN}"),
        ("no space between Chinese and Latin", rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}"),
        ("no space around a bold Latin word", rf"{HAN}\*\*[A-Za-z0-9][^*]*\*\*|[A-Za-z]\*\*{HAN}"),
        ("a space inside Chinese", rf"{HAN} {HAN}"),
        ("a space beside a full-width mark", r" [，。；：？！、]|[，。；？！、] [^|]"),
        ("straight quotes around Chinese", rf"[\"']{HAN}|{HAN}[\"']"),
        ("two marks in a row", r"[，。；：、]{2}"),
    ],
)
def test_chinese_is_set_by_convention(pages, words_of_checkers, what, pattern):
    assert lines_against(pages["zh"] | words_of_checkers["zh"], pattern) == [], what


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a full-width mark", r"[，。；：？！（）]"),
        ("two spaces", r"\S  +\S"),
        ("a space before a mark", r" [,.;:?!](?!\.)"),
        ("American spelling", r"(?i)\b(?:fulfillment|center|license[sd]?|color|program)\b"),
        ("a contraction in a fact", r"\b(?:don't|doesn't|won't|it's)\b"),
    ],
)
def test_english_is_set_by_convention(pages, words_of_checkers, what, pattern):
    # Labels of the screen keep the marks of the screen.
    ours = {
        name: re.sub(r"\*\*[^*]*[，][^*]*\*\*", "X", page) for name, page in pages["en"].items()
    }

    assert lines_against(ours | words_of_checkers["en"], pattern) == [], what


def test_chinese_in_english_pages_is_a_label_or_a_name(site, pages):
    """In English, Chinese stands in ** as on the screen or in brackets after its translation."""
    left = []
    for record in site.records.values():
        for path, words, _ in texts(record):
            bare = re.sub(r"\*\*[^*]*\*\*|\([^()]*\)", "", words["en"])
            if re.search(HAN, bare):
                left.append((path, words["en"]))

    assert left == []


def test_no_fact_sounds_like_todays_rule_in_english(site):
    found = []
    for guide_id, record in site.records.items():
        for section in record.guide.sections:
            for fact_id in section.facts:
                text = re.sub(r"\*\*[^*]*\*\*", "", record.fact(fact_id).text["en"])
                if section.kind != "steps" and _PRESENT.search(text):
                    found.append((guide_id, fact_id, text))

    assert found == []


def test_no_sentence_says_now_or_today_of_a_rule(site):
    # "Now" may stand in what to check (`verify`) and in questions about today's date only.
    found = []
    for guide_id, record in site.records.items():
        for fact in record.facts:
            for language, pattern in (
                ("zh", "现在|目前|如今|现行|今天"),
                ("en", r"\b(?:now|currently|today)\b"),
            ):
                text = re.sub(r"\*\*[^*]*\*\*|\([^)]*\)", "", fact.text[language])
                if re.search(pattern, text):
                    found.append((guide_id, fact.id, language))

    assert found == []


def test_every_section_opens_by_dating_its_facts(site, pages):
    for language, found in pages.items():
        for guide_id, record in site.records.items():
            for section in record.guide.sections:
                part = found[f"guides/{guide_id}.md"].split(f"{{#{section.id}}}\n")[1]
                lead = part.strip().split("\n")[0]
                year = str(record.source.published.year) if record.source.published else None
                undated = {"zh": "没有日期", "en": "undated"}[language]
                assert (year or undated) in lead, (guide_id, section.id)


def test_every_summary_says_how_old_its_rules_are(site):
    undated = {"zh": "没有日期", "en": "undated"}
    for guide_id, record in site.records.items():
        for language, text in record.guide.summary.items():
            published = record.source.published
            assert (str(published.year) if published else undated[language]) in text, guide_id


def test_a_source_older_than_a_year_is_announced_with_what_to_check(site, pages):
    for found in pages.values():
        for guide_id in site.records:
            page = found[f"guides/{guide_id}.md"]
            notice = page.split('guide-age" markdown="1">')[1].split("</div>")[0]
            assert "**" in notice
            assert len(notice) > 80, guide_id


def test_inferred_years_and_missing_years_are_marked(site, pages):
    marks = {
        "zh": ("年份为推断", "来源没有写年份"),
        "en": ("year inferred", "no year printed"),
    }
    for language, found in pages.items():
        for guide_id, record in site.records.items():
            page = found[f"guides/{guide_id}.md"]
            for fact in record.facts:
                line = page.split(f"\n   {{: #fact-{fact.id} }}")[0].rsplit("\n", 1)[1]
                inferred, missing = (mark in line for mark in marks[language])
                assert inferred == (fact.dated is not None and fact.year is not None), fact.id
                assert missing == (fact.dated is not None and fact.year is None), fact.id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_term_is_used(site, language):
    said = " ".join(
        words[language]
        for record in site.records.values()
        for found in (texts(record), [(None, record.guide.title, None)])
        for _, words, _ in found
    ).casefold()

    unused = [
        key for key, term in site.terms.items() if term.words[language].casefold() not in said
    ]

    assert unused == []


def test_every_figure_is_shown_with_its_value(site, pages):
    """A number in a fact is the record's: take the figures out and no digit is left."""
    for record in site.records.values():
        for fact in record.facts:
            for text in fact.text.values():
                assert not re.search(r"(?<![A-Za-z])\d", re.sub(r"\{[^}]*\}", "", text)), fact.id


def test_keywords_hold_both_scripts_and_the_brands_other_name(site):
    for guide_id, record in site.records.items():
        for language, words in record.guide.keywords.items():
            assert len(words) >= 7, (guide_id, language)
        everything = " ".join(w for words in record.guide.keywords.values() for w in words)
        assert re.search(r"[賬帳雲圖務運訂發聯營專優退費貨]", everything), guide_id
        if record.guide.marketplace == "koogallery":
            assert {"云商店", "KooGallery"} <= set(record.guide.keywords["zh"]), guide_id


def test_descriptions_have_the_length_search_engines_show(site):
    for guide_id, record in site.records.items():
        assert 20 <= len(record.guide.description["zh"]) <= 80, guide_id
        assert 60 <= len(record.guide.description["en"]) <= 170, guide_id


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("佣金", "傭金"),
        ("账号", "帳號"),
        ("账号", "帐号"),
        ("KooGallery", "云商店"),
        ("AHA", "账户健康保障"),
    ],
)
def test_a_word_and_its_other_form_find_the_same_guide(site, word, other):
    found = [
        guide_id
        for guide_id, record in site.records.items()
        if all(any(one in key for key in record.guide.keywords["zh"]) for one in (word, other))
    ]

    assert found, (word, other)
