"""Account Health Assurance, and the 72 hours it protects. Facts: docs/facts/amazon-account-health.yml."""

from menkan.rules import (
    SOURCE_SILENT,
    UNTIL_DEADLINE,
    Checker,
    Choice,
    DateTime,
    Integer,
    YesNo,
)

store = Choice("store", "us", "ca", "other")
months_of_history = Integer("months_of_history", unit="months")
days_below_250 = Integer("days_below_250", unit="days")
emergency_contact_valid = YesNo("emergency_contact_valid")

store_covered = store.is_("us", "ca") | SOURCE_SILENT  # more stores were to follow
history = months_of_history.at_least("history.months")
rating = days_below_250.at_most("rating-floor.days")
contact = emergency_contact_valid.is_true()

assurance = Checker(
    "amazon-account-health-assurance",
    rules={
        "store_covered": store_covered.cites("stores"),
        "history": history.cites("history"),
        "rating": rating.cites("rating-floor"),
        "contact": contact.cites("emergency-contact"),
    },
    values={
        "contact_email_expected": store_covered & history & rating & ~contact,
        "fee": "no-fee.fee",
    },
)

enrolled = YesNo("enrolled")
contacted_at = DateTime("contacted_at")
resolved = YesNo("resolved")
resolved_at = DateTime("resolved_at", not_before=contacted_at)
now = DateTime("now", default="now")

deadline = contacted_at.plus_hours("protection-window.hours")
resolved_in_time = resolved.is_true() & resolved_at.at_most(deadline)
time_left = resolved.is_false() & now.at_most(deadline) & UNTIL_DEADLINE

response = Checker(
    "amazon-account-health-response",
    rules={
        "enrolled": enrolled.is_true().cites("protection-window"),
        "in_time": (resolved_in_time | time_left).cites("protection-window"),
    },
    values={"deadline": deadline},
    order=(enrolled, contacted_at, resolved, resolved_at, now),
)
