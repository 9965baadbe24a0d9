"""Publishing a jointly operated listing. Facts: docs/facts/huawei-joint-operation.yml."""

from menkan.rules import Checker, YesNo

certification_passed = YesNo("certification_passed")

joint_listing = Checker(
    "huawei-joint-listing",
    rules={"certified": certification_passed.is_true().cites("certification")},
)
