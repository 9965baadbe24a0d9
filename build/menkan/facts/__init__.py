"""Records: what the sources say, in every language of the site, with evidence.

>>> from menkan.facts import load_records
>>> records = load_records("docs/facts")            # doctest: +SKIP
>>> records["amazon-account-health"].figures()["rating-floor.rating"]  # doctest: +SKIP
[['2022-11-17', '250']]
"""

from .checks import PLACEHOLDER, texts
from .loading import RecordErrors, load_marketplaces, load_records, load_terms, parse_record
from .model import (
    KINDS,
    UNCLEAR,
    CheckerWords,
    Evidence,
    Fact,
    Figure,
    Guide,
    InputWords,
    Marketplace,
    OpenQuestion,
    Record,
    RuleWords,
    Section,
    Source,
    Term,
    ValueWords,
    VerdictWords,
)
from .reading import Mistake

__all__ = [
    "KINDS",
    "PLACEHOLDER",
    "UNCLEAR",
    "CheckerWords",
    "Evidence",
    "Fact",
    "Figure",
    "Guide",
    "InputWords",
    "Marketplace",
    "Mistake",
    "OpenQuestion",
    "Record",
    "RecordErrors",
    "RuleWords",
    "Section",
    "Source",
    "Term",
    "ValueWords",
    "VerdictWords",
    "load_marketplaces",
    "load_records",
    "load_terms",
    "parse_record",
    "texts",
]
