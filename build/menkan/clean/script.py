"""Traditional script to simplified, character by character, and the trade's own spellings."""

import re
from typing import TYPE_CHECKING

from .model import Page

if TYPE_CHECKING:
    from opencc import OpenCC

__all__ = ["convert_script", "simplify"]

# OpenCC turns 帳 into 帐; in trade it is 账. Not so in a tent, a curtain or a camp.
_LEDGER = re.compile(
    "帳(?=[戶户號号單单款目期務务冊册本面簿齡龄套])|(?<=[入到對对結结轉转記记付銷销壞坏查算報报平做總总進进呆])帳(?![篷幕子])"
)
# Verb endings written 著 on Taiwan pages. 著名, 著作, 顯著 are other words and stay.
_ENDING = re.compile(
    "(?<=[接沿隨随跟帶带看本向朝順顺趁憑凭意味等拿用附藉])著(?=[^名作者稱称述錄录])"
)
_PAGE_LEDGER = re.compile("[賬账]")
_CONVERTER: "list[OpenCC]" = []


def simplify(text: str) -> str:
    """Convert to simplified script with OpenCC's `t2s`, which maps script and leaves words alone.

    >>> simplify("運營")
    '运营'
    """
    if not _CONVERTER:
        from opencc import OpenCC

        _CONVERTER.append(OpenCC("t2s"))
    return str(_CONVERTER[0].convert(text))


def convert_script(page: Page) -> Page:
    """Write every block in simplified script.

    The glossary works on what was traditional alone: 帳戶 becomes 账户, 看著 becomes 看着. A page
    that itself tells 賬 from 帳 keeps the difference, because there the author's word is known.
    Product terms stay as they are (no phrase tables). Costs: a surname 於 or 乾 is converted too.
    """
    whole = "\n".join(page.text)
    if whole.isascii():
        return page
    mixed = whole
    if "帳" in whole and not _PAGE_LEDGER.search(whole):
        mixed = _LEDGER.sub("賬", mixed)
    done = simplify(mixed)
    if done == whole:
        return page
    if "著" in done:
        done = _ENDING.sub("着", done)
    return page.with_text(done.split("\n"), "repaired")
