"""The damage itself: readings written into GBK text byte by byte, the way a careless scraper does.

Independent of the repair: this replaces bytes in the whole text, wherever they match, and knows
nothing of characters. What straddles two characters is shifted by that alone.
"""

from pypinyin.constants import PINYIN_DICT

from menkan.clean.script import simplify

__all__ = ["scrape", "traditional_in"]


def traditional_in(text: str) -> list[str]:
    return sorted({sign for sign in text if simplify(sign) != sign})


def scrape(text: str, signs: list[str]) -> str:
    """Write the first reading of each of `signs` behind its bytes, wherever they stand."""
    code = text.encode("gbk")
    for sign in signs:
        reading = PINYIN_DICT[ord(sign)].split(",")[0]
        try:
            pair = sign.encode("gbk")
            code = code.replace(pair, pair + b"(" + reading.encode("gbk") + b")")
        except UnicodeEncodeError:
            continue
    return _read(code)


def _read(code: bytes) -> str:
    """Decode as a lenient converter does: half a character takes the next byte with it."""
    shown, here = [], 0
    while here < len(code):
        if code[here] < 0x81:
            shown.append("\u20ac" if code[here] == 0x80 else chr(code[here]))
            here += 1
            continue
        try:
            sign = code[here : here + 2].decode("gb18030")
            shown.append("" if "\ue000" <= sign <= "\uf8ff" else sign)
        except UnicodeDecodeError:
            shown.append("?")
        here += 2
    return "".join(shown)
