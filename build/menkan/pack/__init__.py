"""Checkers and a trimmed Pyodide, packed into files that a browser loads.

Reads checkers as files and never runs them in this interpreter: they are compiled, and tried, in
the very Python that the browser will run.
"""

from menkan.pack.minify import minified
from menkan.pack.runtime import PackError, Runtime, pack

__all__ = ["PackError", "Runtime", "minified", "pack"]
