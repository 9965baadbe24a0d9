"""The Content-Security-Policy of each page, with the hashes of the inline scripts it really has."""

import base64
import hashlib
import re

__all__ = ["with_policy"]

_SCRIPT = re.compile(
    r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL | re.IGNORECASE
)
_TYPE = re.compile(r"""\btype\s*=\s*["']?(?P<type>[^"'\s>]+)""", re.IGNORECASE)
_RUNS = {"", "module", "text/javascript", "application/javascript"}

_DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval' {hashes}"),
    # The theme sets style attributes; no style can run anything or, under this policy, fetch.
    ("style-src", "'self' 'unsafe-inline'"),
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self' blob:"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
)


def with_policy(html: str) -> str:
    """Put the policy into the head of a page, before anything it governs.

    Scripts are allowed from the page's own origin and, inline, by the SHA-256 of their exact text.
    A page without a `<head>` is returned as it is.
    """
    hashes: dict[str, None] = {}
    for script in _SCRIPT.finditer(html):
        kind = _TYPE.search(script["attributes"])
        runs = (kind["type"].lower() if kind else "") in _RUNS
        if runs and script["text"] and "src=" not in script["attributes"]:
            digest = hashlib.sha256(script["text"].encode()).digest()
            hashes[f"'sha256-{base64.b64encode(digest).decode()}'"] = None
    policy = "; ".join(
        f"{name} {value.format(hashes=' '.join(hashes))}".strip() for name, value in _DIRECTIVES
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return re.sub(r"<head>", lambda head: f"{head[0]}\n{meta}", html, count=1)
