"""The seller cases: reading them, and holding a verdict against what a case expects.

Standard library and YAML only, so that the browser's tests use the same cases as the native ones.

A file `tests/sellers/<slug>.yml` holds a list of cases of one checker:

    - name: one day short of the month      # a phrase a support agent would say
      given: {authorized_on: "2022-01-31", today: "2022-02-27"}
      expect:                               # any part of the verdict; what is left out is not held
        verdict: not_eligible
        rules: {one_month_passed: not_met}  # or "unknown source_silent" where a note is expected
        values: {earliest_revocation: "2022-02-28"}
        needs: [today]
        changes: {today: "2022-02-28"}
      why: the month ends on the last day of February

or `error: {input: today, code: before}` instead of a verdict's parts.
"""

from pathlib import Path

import yaml

__all__ = ["FOLDER", "Case", "differences", "load_cases"]

FOLDER = Path(__file__).parent
_PARTS = {"verdict", "rules", "values", "needs", "changes", "error"}


class Case:
    """One case; `slug` names its checker, `id` is unique among all cases."""

    def __init__(self, slug: str, name: str, given: dict, expect: dict, why: str):
        if not expect or set(expect) - _PARTS:
            raise ValueError(f"{slug}: {name}: expect holds {sorted(expect)}, not {sorted(_PARTS)}")
        self.slug = slug
        self.name = name
        self.given = given
        self.expect = expect
        self.why = why
        self.id = f"{slug}: {name}"


def load_cases(folder: Path = FOLDER) -> list[Case]:
    """Load every case, by file and then as they stand."""
    cases = []
    for file in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(file.read_text(encoding="utf-8")):
            cases.append(Case(file.stem, **entry))
    return cases


def differences(case: Case, verdict: dict | None, errors: list[dict]) -> list[str]:
    """Say where a verdict's JSON (or its errors) is not what the case expects; [] when it is."""
    if "error" in case.expect:
        seen = [{key: error[key] for key in case.expect["error"]} for error in errors]
        return [] if case.expect["error"] in seen else [f"error: {errors}"]
    if verdict is None:
        return [f"no verdict: {errors}"]
    seen = {
        "verdict": verdict["verdict"],
        "rules": {
            rule["id"]: " ".join(filter(None, (rule["status"], rule["note"])))
            for rule in verdict["rules"]
        },
        "values": verdict["values"],
        "needs": verdict["needs"],
        "changes": {change["input"]: change["to"] for change in verdict["changes"]},
    }
    found = []
    for part, expected in case.expect.items():
        actual = seen[part]
        if part in ("rules", "values"):
            actual = {name: actual.get(name, "missing") for name in expected}
        if actual != expected:
            found.append(f"{part}: expected {expected}, seen {actual}")
    return found
