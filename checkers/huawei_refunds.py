"""Deciding a refund request. Facts: docs/facts/huawei-refunds.yml."""

from menkan.rules import SOURCE_SILENT, Checker, Choice, YesNo

product_kind = Choice("product_kind", "saas", "data_asset", "other")
comment_written = YesNo("comment_written")
evidence_attached = YesNo("evidence_attached")

refund_review = Checker(
    "huawei-refund-review",
    rules={
        "kind_covered": (product_kind.is_("saas", "data_asset") | SOURCE_SILENT).cites(
            "refund-scope"
        ),
        "comment": comment_written.is_true().cites("review-comment"),
        "evidence": evidence_attached.is_true().cites("review-evidence"),
    },
)
