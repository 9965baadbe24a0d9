"""Reviews of listings and of edits to them. Facts: docs/facts/huawei-publishing.yml."""

from menkan.rules import SOURCE_SILENT, Checker, Date, Integer, OnlyIf, YesNo

submitted_on = Date("submitted_on")
listings_submitted_that_day = Integer("listings_submitted_that_day", unit="submissions", at_least=1)
today = Date("today", default="today", not_before=submitted_on)

few = listings_submitted_that_day.below("review-time-many.submissions")
due_on = submitted_on.plus_working_days("review-time.days")

listing_review = Checker(
    "huawei-listing-review",
    rules={
        # The copy stops in the middle of what holds for many submissions on one day.
        "sla_known": (few | SOURCE_SILENT).cites("review-time-many"),
        "past_due": ((few & today.above(due_on)) | (~few & SOURCE_SILENT)).cites("review-time"),
    },
    values={"due_on": OnlyIf(few, due_on)},
    order=(submitted_on, listings_submitted_that_day, today),
)

submitted = YesNo("submitted")
review_passed = YesNo("review_passed")

change_live = Checker(
    "huawei-change-live",
    rules={
        "submitted": submitted.is_true().cites("change-submission"),
        "passed": review_passed.is_true().cites("change-review"),
    },
)
