"""`menkan verify`: prove records against the copies they were written from."""

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from menkan.clean import (
    Change,
    Decision,
    Fingerprint,
    NotText,
    align,
    clean_file,
    fingerprints,
)

if TYPE_CHECKING:
    from menkan.facts import Fact, Record

__all__ = ["command"]

_LINES = "copies.json"
# The SHA-256 of a copy (None: it cannot be read), its decisions, and why it cannot be read.
_Copy = tuple[str | None, list[Decision], str | None]


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Ends with 0 when every record is proved, 1 when anything does not "
    "hold, 2 when a record cannot be read.",
)
@click.option(
    "--copies",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder with the scraped copies the records name.",
)
@click.option(
    "--records",
    default="docs/facts",
    show_default=True,
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder with the records.",
)
@click.option(
    "--remember",
    is_flag=True,
    help=f"Keep the fingerprints of the copies' lines in {_LINES} beside the records, so "
    "that a changed copy can be aligned later. The text itself is not kept.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per record.")
def command(copies: Path, records: Path, remember: bool, as_json: bool) -> None:
    """Prove each record against its copy: fingerprint, cited lines, figures.

    Every cited line must be kept by the cleaner (or carry the label the evidence names as its
    zone), and every cited figure must stand on a cited line. For a copy that has changed, the
    facts are told apart: untouched, moved, changed, gone. The exit status is 1 when anything does
    not hold.
    """
    from menkan.facts import RecordErrors, load_records

    try:
        loaded = load_records(records)
    except RecordErrors as errors:
        click.echo("\n".join(errors.messages), err=True)
        sys.exit(2)
    known = _read_lines(records / _LINES)
    cleaned: dict[str, _Copy] = {}
    fine = True
    for guide, record in loaded.items():
        name = record.source.file
        if name not in cleaned:
            cleaned[name] = _clean(copies / name)
        report = _report(guide, record, cleaned[name], known.get(name))
        fine = fine and report["status"] == "proved"
        _show(report, as_json)
    if remember:
        for name, (sha, decisions, _) in cleaned.items():
            if decisions and any(
                r.source.sha256 == sha for r in loaded.values() if r.source.file == name
            ):
                known[name] = fingerprints(decisions)
        _write_lines(records / _LINES, known)
    if not fine:
        sys.exit(1)


def _clean(path: Path) -> _Copy:
    """Give (sha256, decisions, error) of one copy."""
    try:
        sha = hashlib.sha256(path.read_bytes()).hexdigest()
        return sha, list(clean_file(path)), None
    except (OSError, NotText) as error:
        return None, [], getattr(error, "strerror", None) or str(error)


def _report(
    guide: str, record: "Record", copy: _Copy, old: list[Fingerprint] | None
) -> dict[str, Any]:
    sha, decisions, error = copy
    report: dict[str, Any] = {
        "guide": guide,
        "file": record.source.file,
        "status": "proved",
        "facts": [],
    }
    if error:
        return {**report, "status": "unread", "detail": error}
    changes = None
    if sha != record.source.sha256:
        report["status"] = "changed"
        if old:
            changes = align(old, fingerprints(decisions))
        else:
            report["detail"] = (
                "no fingerprints of the old lines: run verify --remember on the old copy"
            )
    for fact in record.facts:
        state = _fact(fact, decisions, changes, matched=sha == record.source.sha256)
        report["facts"].append({"fact": fact.id, **state})
    if report["status"] == "proved":
        counts = _counts(decisions)
        if counts != record.source.lines.model_dump():
            report["detail"] = f"the record counts {record.source.lines}, the cleaner {counts}"
            report["status"] = "wrong"
        if any(fact["problems"] for fact in report["facts"]):
            report["status"] = "wrong"
    return report


def _counts(decisions: list[Decision]) -> dict[str, int]:
    kept = [one for one in decisions if one.keep]
    repaired = sum("repaired" in one.flags for one in kept)
    dropped = sum(not one.keep and one.label != "blank" for one in decisions)
    return {"kept": len(kept), "repaired": repaired, "dropped": dropped}


def _fact(
    fact: "Fact", decisions: list[Decision], changes: list[Change] | None, *, matched: bool
) -> dict[str, Any]:
    """Tell how one fact stands: {"state", "lines", "problems"}, lines as they count in the copy."""
    lines = fact.evidence.lines
    problems: list[str] = []
    state = "proved"
    if changes:
        fates = [changes[n - 1] if n <= len(changes) else None for n in lines]
        kinds = {fate.kind if fate else "gone" for fate in fates}
        state = next(kind for kind in ("gone", "changed", "moved", "untouched") if kind in kinds)
        lines = [fate.line for fate in fates if fate and fate.line]
    elif not matched:
        state = "unknown"
    texts = []
    for number in lines:
        if number > len(decisions):
            problems.append(f"line {number} is cited, and the copy has {len(decisions)} lines")
            continue
        one = decisions[number - 1]
        texts.append(one.text)
        if not one.keep and one.label != fact.evidence.zone:
            problems.append(
                f"line {number} is cited, and the cleaner drops it as {one.label}: {one.reason}"
            )
    for figure in fact.evidence.figures:
        if not any(figure in text for text in texts):
            cited = ", ".join(map(str, lines)) or "none left"
            problems.append(f"“{figure}” does not stand on the cited lines ({cited})")
    if matched:
        state = "wrong" if problems else "proved"
    return {"state": state, "lines": lines, "problems": problems}


def _show(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    states: dict[str, int] = {}
    for fact in report["facts"]:
        states[fact["state"]] = states.get(fact["state"], 0) + 1
    counts = ", ".join(f"{count} {state}" for state, count in states.items())
    click.secho(
        f"{report['guide']}: {report['status']}",
        nl=False,
        bold=True,
        fg="green" if report["status"] == "proved" else "red",
    )
    click.echo(f" ({report['file']}" + (f"; facts: {counts})" if counts else ")"))
    if report.get("detail"):
        click.echo(f"  {report['detail']}")
    for fact in report["facts"]:
        if fact["state"] in ("moved", "changed", "gone"):
            where = " now on line " + ", ".join(map(str, fact["lines"])) if fact["lines"] else ""
            click.echo(f"  {fact['fact']}: {fact['state']}{where}")
        for problem in fact["problems"]:
            click.echo(f"  {fact['fact']}: {problem}")


def _read_lines(path: Path) -> dict[str, list[Fingerprint]]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return {name: [Fingerprint.parse(one) for one in marks] for name, marks in kept.items()}
    except FileNotFoundError:
        return {}
    except (ValueError, AttributeError, TypeError) as error:
        click.echo(
            f"{path}: holds no fingerprints: {error}.\n  Delete it and run verify --remember "
            "on the copies the records were written from.",
            err=True,
        )
        sys.exit(2)


def _write_lines(path: Path, known: dict[str, list[Fingerprint]]) -> None:
    rows = ",\n".join(
        f" {json.dumps(name, ensure_ascii=False)}: [\n  "
        + ",\n  ".join(f'"{mark}"' for mark in marks)
        + "\n ]"
        for name, marks in sorted(known.items())
    )
    path.write_text(f"{{\n{rows}\n}}\n", encoding="utf-8")
