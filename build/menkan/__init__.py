"""Menkan 门槛: marketplace rules as cited bilingual guides with live checkers.

The parts live in subpackages; importing one never imports another it does not need.
"""

__version__ = "0.1.0"
__all__ = ["__version__"]
