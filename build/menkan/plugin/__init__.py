"""MkDocs events, and nothing but: the thin layer between MkDocs and the parts that do the work.

`MenkanPlugin` runs the outer build: it checks the content, packs the runtime, and runs one nested
MkDocs build per language with `LanguagePlugin` in it.
"""

from menkan.plugin.language import LanguagePlugin
from menkan.plugin.site import MenkanPlugin

__all__ = ["LanguagePlugin", "MenkanPlugin"]
