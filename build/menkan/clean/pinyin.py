"""What a reading is: letters to syllable, syllable to tone, and whether a character is read so.

pypinyin's table is used to verify a reading that stands on the page, never to choose one.
"""

import unicodedata
from functools import lru_cache

__all__ = ["LETTERS", "SYLLABLE", "is_common", "reads", "starts_reading", "toned", "usual"]

# Every letter of toned pinyin, folded or not; the two odd ones are common look-alikes.
LETTERS = "a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿêɑɡ\u0300\u0301\u0304\u0308\u030c"
# A syllable with its tone as a mark or a digit. Bounded, so a match costs the same everywhere.
SYLLABLE = rf"[{LETTERS}]{{1,8}}[1-5]?"
_LOOKS = str.maketrans("ɑɡ", "ag")
_TONES = "\u0304\u0301\u030c\u0300"


@lru_cache(maxsize=1 << 14)
def _parts(syllable: str) -> tuple[str, int]:
    """Split a syllable into its letters and its tone, 0 where none is marked.

    >>> _parts("lǜ"), _parts("yun4"), _parts("yan")
    (('lv', 4), ('yun', 4), ('yan', 0))
    """
    letters: list[str] = []
    tone = 0
    for sign in unicodedata.normalize("NFD", syllable.lower().translate(_LOOKS)):
        if sign in _TONES:
            tone = _TONES.index(sign) + 1
        elif sign == "\u0308" and letters and letters[-1] == "u":
            letters[-1] = "v"
        elif sign.isdigit():
            tone = int(sign) % 5
        elif sign != "\u0302":
            letters.append(sign)
    return "".join(letters), tone


def toned(syllable: str) -> bool:
    """Tell whether a tone is marked."""
    return _parts(syllable)[1] > 0


@lru_cache(maxsize=1 << 16)
def _readings(sign: str) -> tuple[tuple[str, int], ...]:
    from pypinyin.constants import PINYIN_DICT

    known = PINYIN_DICT.get(ord(sign), "") if len(sign) == 1 else ""
    return tuple(_parts(one) for one in known.split(",") if one)


def reads(sign: str, syllable: str) -> bool:
    """Tell whether `syllable` is a reading of the character; without a tone any tone will do."""
    letters, tone = _parts(syllable)
    return any(letters == known and tone in (0, pitch) for known, pitch in _readings(sign))


def usual(sign: str, syllable: str) -> bool:
    """Tell whether it is the first reading a dictionary gives, which nobody needs to be told."""
    known = _readings(sign)
    letters, tone = _parts(syllable)
    return bool(known) and known[0][0] == letters and tone in (0, known[0][1])


def starts_reading(sign: str, letters: str) -> bool:
    """Tell whether a reading of the character starts with these letters."""
    start = _parts(letters)[0]
    return bool(start) and any(known.startswith(start) for known, _ in _readings(sign))


@lru_cache(maxsize=1 << 14)
def is_common(sign: str) -> bool:
    """Tell whether every reader knows the character: level one of GB 2312, after simplification."""
    from .script import simplify

    try:
        code = simplify(sign).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and 0xB0 <= code[0] <= 0xD7
