"""A partner's exclusive discount. Facts: docs/facts/huawei-partner-programme.yml."""

from menkan.rules import Checker, YesNo

request_approved = YesNo("request_approved")
in_effect = YesNo("in_effect")
customer_named = YesNo("customer_named")

exclusive_discount = Checker(
    "huawei-exclusive-discount",
    rules={
        "approved": request_approved.is_true().cites("discount-approval"),
        "in_effect": in_effect.is_true().cites("discount-in-effect"),
        "named": customer_named.is_true().cites("discount-customer"),
    },
)
