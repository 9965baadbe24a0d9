"""Records: what the sources say, in every language of the site, with evidence."""

from .checks import PLACEHOLDER, texts
from .loading import RecordErrors, load_marketplaces, load_records, load_terms, parse_record
from .model import (
    CheckerWords,
    Doubt,
    Evidence,
    Fact,
    Figure,
    Guide,
    InputWords,
    Kind,
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
    "PLACEHOLDER",
    "CheckerWords",
    "Doubt",
    "Evidence",
    "Fact",
    "Figure",
    "Guide",
    "InputWords",
    "Kind",
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
