"""Who can find and buy a listing. Facts: docs/facts/huawei-listing-access.yml."""

from menkan.rules import Checker, YesNo

hidden = YesNo("hidden")
customer_has_url = YesNo("customer_has_url")
restricted = YesNo("restricted")
customer_designated = YesNo("customer_designated")

purchase_access = Checker(
    "huawei-purchase-access",
    rules={
        "reachable": (hidden.is_false() | customer_has_url.is_true()).cites("hidden-listing"),
        "permitted": (restricted.is_false() | customer_designated.is_true()).cites(
            "designated-users"
        ),
    },
    values={"shown_in_search": hidden.is_false()},
)
