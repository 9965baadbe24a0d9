"""Bytes to text: which encoding a copy is in, and what is no text at all."""

import codecs
import re
import unicodedata

__all__ = ["NotText", "decode", "detect"]

_SAMPLE = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "a database",
}
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s{0,8}=\s{0,8}[\"']?([A-Za-z0-9_:.\-]{2,40})", re.IGNORECASE
)
# Older pages call a superset by the name of its part.
_SUPERSET = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "iso8859-1": "cp1252"}
# The commonest characters of running text in both scripts: a wrong guess hardly ever hits them.
_COMMON = frozenset(
    "的一是不在了有人这中大来上国个到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后小"
    "么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
    "這來國個說們為時過學對裡後麼沒於還發當開經頭見動兩長請點選號賣單網買費店铺商品家卖规则平台申请审核"
)


class NotText(ValueError):
    """The bytes are not text; the message says what they look like."""


def detect(head: bytes, *, whole: bool = True) -> str:
    """Name the codec of a copy from its first bytes (up to 1 MiB are looked at).

    A byte-order mark decides, then strict UTF-8, then a declaration the bytes agree with, then
    which of the Chinese encodings yields the commoner characters, then charset-normalizer.
    `whole` tells that `head` is all there is, so that a character cut in two at its end counts
    as a fault. Raises `NotText` for pictures, archives and the like.
    """
    whole = whole and len(head) <= _SAMPLE
    head = head[:_SAMPLE]
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise NotText(f"looks like {what}")
    wide = _wide(head)
    if wide:
        return wide
    if b"\0" in head and head.count(0) * 10 > len(head):
        raise NotText("holds NUL bytes all over, like a binary file")
    if _decodes(head, "utf-8", whole):
        declared = None if head.isascii() else _declared(head)
        if declared and declared != "utf-8" and _decodes(head, declared, whole):
            return max(("utf-8", declared), key=lambda name: _score(head, name))
        return "utf-8"
    declared = _declared(head)
    if declared and _decodes(head, declared, whole):
        return declared
    best = max(("utf-8", "gb18030", "big5hkscs"), key=lambda name: _score(head, name))
    if _score(head, best) > 0.1:
        return best
    # Too short for frequencies: Chinese of the plain sort is in GB 2312, a wrong guess seldom is.
    return "gb18030" if _decodes(head, "gb2312", whole) else _guess(head)


def decode(data: bytes) -> tuple[str, str]:
    """Turn the bytes of a copy into (text, codec); never raises but for what is `NotText`.

    Bytes the codec cannot read become U+FFFD, so that line numbers hold and nothing vanishes.

    >>> decode("门槛".encode("gbk"))
    ('门槛', 'gb18030')
    """
    name = detect(data)
    text = data.decode(name, errors="replace")
    if name not in ("utf-8", "utf-8-sig") and _noise(text[:_SAMPLE]) > 0.05:
        raise NotText("reads as noise in every encoding tried")
    return text, name


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: line ends and digits put NUL bytes on one side only."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if (even + odd) and len(head) >= 4 and min(even, odd) * 20 <= max(even, odd):
        for name in ("utf-16-le", "utf-16-be"):
            if (odd > even) == (name == "utf-16-le"):
                text = head[: len(head) // 2 * 2].decode(name, errors="replace")
                if text and _noise(text) < 0.02 and "\n" in text or _readable(text) > 0.7:
                    return name
    return None


def _readable(text: str) -> float:
    return sum(c.isascii() and c.isprintable() or "一" <= c <= "鿿" for c in text) / (
        len(text) or 1
    )


def _noise(text: str) -> float:
    """The share of characters that stand in no text: unassigned, private, control, U+FFFD."""
    if text.isascii() and text.isprintable():
        return 0.0
    noise = sum(
        c == "\ufffd" or (c not in "\n\r\t\f" and unicodedata.category(c) in ("Cn", "Co", "Cc"))
        for c in text[:20000]
    )
    return noise / (len(text[:20000]) or 1)


def _declared(head: bytes) -> str | None:
    found = _DECLARED.search(head[:4096])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name
    except LookupError:
        return None
    name = _SUPERSET.get(name, name)
    # A declaration in ASCII cannot be in UTF-16 itself; and some codecs are no text encodings.
    if name.startswith(("utf-16", "utf-32")) or not codecs.lookup(name)._is_text_encoding:
        return None
    return name


def _decodes(head: bytes, name: str, whole: bool) -> bool:
    try:
        codecs.getincrementaldecoder(name)("strict").decode(head, final=whole)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _score(head: bytes, name: str) -> float:
    """The share of common characters among those that are not ASCII, less what is noise."""
    text = head[:200_000].decode(name, errors="replace")
    wide = [c for c in text if c > "\x7f"]
    if not wide:
        return 0.0
    good = sum(c in _COMMON for c in wide)
    bad = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in wide)
    return (good - 2 * bad) / len(wide)


def _guess(head: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(head[: 1 << 16]).best()
    if best is None or _noise(str(best)) > 0.05:
        if _score(head, "utf-8") > -0.5 and _noise(head.decode("utf-8", "replace")) < 0.3:
            return "utf-8"
        raise NotText("reads as noise in every encoding tried")
    return best.encoding
