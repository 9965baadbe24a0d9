"""What must hold for any text at all."""

import pickle
import re
import string

from hypothesis import example, given, settings
from hypothesis import strategies as st
from pages_kit import read_pages

from menkan.clean import LABELS, clean, split_lines
from menkan.clean.markup import blocks_of
from menkan.clean.model import Page
from menkan.clean.script import convert_script
from menkan.clean.shifts import repair_shifts

PIECES = st.sampled_from(
    [line for page in read_pages("dev") for line in page.lines]
    + [
        "運(yùn)",
        "分?jǐn)?shù)",
        "<b>",
        "</p>",
        "<script>",
        "&amp;",
        "\x00",
        "\ud800",
        "\u200b",
        "帳戶",
        "一、",
        "(",
        "。",
        "\t",
    ]
)
LINES = st.lists(
    st.one_of(PIECES, st.text(max_size=30), st.text(string.printable, max_size=30)), max_size=4
).map("".join)
TEXTS = st.lists(LINES, max_size=14).map("\n".join)
SETTINGS = settings(max_examples=120, deadline=None)


@SETTINGS
@given(TEXTS)
def test_every_line_gets_one_decision(text):
    decisions = clean(text)

    assert [one.line for one in decisions] == list(range(1, len(split_lines(text)) + 1))
    assert all(one.label in LABELS and one.reason for one in decisions)
    assert all(one.keep == (one.label in ("content", "heading")) for one in decisions)


@SETTINGS
@given(TEXTS)
@example("<BODY\x1b")
@example("<\x1fBODY")
@example("&lt;BO&#8203;DY")
def test_a_kept_text_is_clean_already(text):
    kept = [one.text for one in clean(text) if one.keep]
    again = [one.text for one in clean("\n".join(kept))]

    assert [line for piece in again for line in piece.split("\n") if line] == [
        line for piece in kept for line in piece.split("\n") if line
    ]


@SETTINGS
@given(TEXTS)
def test_no_kept_line_gains_a_character(text):
    lines = split_lines(text)
    repaired = convert_script(repair_shifts(Page.of(blocks_of(lines))))
    had: dict[int, set[str]] = {}
    for line, block in zip(repaired.line, repaired.text, strict=True):
        # A space takes the place of a control that parts words.
        had.setdefault(line, set()).update(re.sub(r"[^\S\n]", " ", block), block)

    for one in clean(text):
        if one.keep:
            assert set(one.text) <= had[one.line] | {"\n"}


@SETTINGS
@given(TEXTS)
def test_decisions_pickle_and_repeat(text):
    decisions = clean(text)

    assert pickle.loads(pickle.dumps(decisions)) == clean(text)


@SETTINGS
@given(st.binary(max_size=400))
def test_any_bytes_end_in_decisions_or_a_clear_error(data):
    try:
        decisions = clean(data)
    except ValueError as error:
        assert str(error)
    else:
        assert all("\x00" not in one.text for one in decisions)
