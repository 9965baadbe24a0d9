"""Releasing an image or software package for a listing. Facts: docs/facts/huawei-assets.yml."""

from menkan.rules import Checker, Choice, Decimal, YesNo

asset_kind = Choice("asset_kind", "image", "software_package")
size_gb = Decimal("size_gb", unit="GB")
in_obs_bucket = YesNo("in_obs_bucket")
self_check_passed = YesNo("self_check_passed")
review_status = Choice("review_status", "not_submitted", "in_review", "rejected", "passed")

uploads_directly = asset_kind.is_("image") | size_gb.at_most("large-package.size")

asset_release = Checker(
    "huawei-asset-release",
    rules={
        "self_check": self_check_passed.is_true().cites("self-check"),
        "upload_route": (uploads_directly | in_obs_bucket.is_true()).cites("large-package"),
        "review": review_status.is_("passed").cites("review-passed"),
    },
    values={"obs_required": ~uploads_directly},
    order=(asset_kind, size_gb, in_obs_bucket, self_check_passed, review_status),
)
