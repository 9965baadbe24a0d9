"""Byte shifts, readings and script: what is undone, and what must not change."""

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest
import yaml
from opencc import OpenCC
from pages_kit import read_pages
from scraper import scrape, traditional_in

import menkan.clean
from menkan.clean import clean
from menkan.clean.script import simplify
from menkan.clean.shifts import damage

CASES = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text(encoding="utf-8"))


def cases(kind):
    return [pytest.param(case, id=case["name"]) for case in CASES[kind]]


@pytest.mark.parametrize("case", [*cases("wild"), *cases("synthetic")])
def test_damage_is_undone(case):
    assert "\n".join(one.text for one in clean(case["given"])) == case["expect"], case["why"]


@pytest.mark.parametrize("case", cases("negative"))
def test_what_is_no_damage_stays(case):
    assert "\n".join(one.text for one in clean(case["given"])) == case["given"], case["why"]


@pytest.mark.parametrize("case", cases("known-failures"))
@pytest.mark.xfail(strict=True, reason="known not to work yet")
def test_known_failures(case):
    assert "\n".join(one.text for one in clean(case["given"])) == case["expect"], case["why"]


def test_what_a_scraper_did_to_whole_pages_is_computed_back():
    to_traditional = OpenCC("s2t").convert
    sentences = [
        to_traditional(text).replace("帳", "賬")
        for page in read_pages("dev")
        if "gloss" not in page.name
        for text in page.texts
        if text and len(text) > 20 and not text.isascii() and "?" not in text
    ]
    sentences = [s for s in sentences if s.encode("gbk", "ignore").decode("gbk") == s]
    signs = traditional_in("\n".join(sentences))
    shifted = restored = unflagged = 0
    for start in range(0, len(sentences), 12):
        batch = sentences[start : start + 12]
        shown = scrape("\n".join(batch), signs).split("\n")
        for sentence, damaged, one in zip(batch, shown, clean("\n".join(shown)), strict=True):
            if "?" in damaged:
                shifted += 1
                right = one.text == simplify(sentence)
                restored += right
                unflagged += not right and "uncertain" not in one.flags

    assert shifted >= 10
    assert restored >= 0.85 * shifted
    assert unflagged == 0


def test_damage_runs_forward_over_a_chain():
    assert damage("家帶來", [(3, "guī"), (6, "lái")]) == "家?guī)?lái)"


def test_a_repair_that_cannot_be_confirmed_is_flagged():
    (one,) = clean("新規(guī)?jǐ)?024年起施行,未取得牌照的機(jī)構(gòu)應(yīng)當(dāng)停止。")

    assert "uncertain" in one.flags


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(menkan.clean.__path__)])
def test_examples_in_docstrings_hold(name):
    failed, _ = doctest.testmod(importlib.import_module(f"menkan.clean.{name}"))

    assert failed == 0
