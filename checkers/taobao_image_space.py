"""Taobao's image space: agreement, opening, sharing, room. Facts: docs/facts/taobao-image-space.yml."""

from menkan.rules import Beyond, Checker, Choice, Date, Decimal, Integer, Pick, Times, YesNo

seller_registered = YesNo("seller_registered")
device = Choice("device", "computer", "phone")
space_purchased = YesNo("space_purchased")

agreement = Checker(
    "taobao-image-space-agreement",
    rules={
        "registered": seller_registered.is_true().cites("registered-seller"),
        "on_computer": device.is_("computer").cites("on-computer"),
        "purchased": space_purchased.is_true().cites("space-purchase"),
    },
)

credit_tier = Choice("credit_tier", "none", "heart", "diamond", "crown", "golden_crown")
plan = Choice("plan", "standard", "other")

auto_activation = Checker(
    "taobao-image-space-auto-activation",
    rules={
        "credit": credit_tier.at_least("diamond").cites("automatic-opening-credit"),
        "standard_plan": plan.is_("standard").cites("automatic-opening-plan"),
    },
)

authorizer = Choice("authorizer", "standard_edition", "tmall")
already_authorized = Integer("already_authorized", unit="shops")
adult_products = YesNo("adult_products")
quota = Pick(
    authorizer, unit="shops", standard_edition="quota-standard.shops", tmall="quota-tmall.shops"
)

authorization = Checker(
    "taobao-image-space-authorization",
    rules={
        "category_allowed": adult_products.is_false().cites("adult-products"),
        "quota_left": authorizer.switch(
            standard_edition=already_authorized.below("quota-standard.shops"),
            tmall=already_authorized.below("quota-tmall.shops"),
        ).cites("quota-standard", "quota-tmall"),
    },
    values={"quota": quota, "remaining": Beyond(quota, already_authorized)},
    order=(authorizer, already_authorized, adult_products),
)

authorized_on = Date("authorized_on")
today = Date("today", default="today", not_before=authorized_on)
earliest_revocation = authorized_on.plus_months("revocation-wait.months")

revocation = Checker(
    "taobao-image-space-revocation",
    rules={"one_month_passed": today.at_least(earliest_revocation).cites("revocation-wait")},
    values={"earliest_revocation": earliest_revocation},
    order=(authorized_on, today),
)

agreement_signed = YesNo("agreement_signed")
real_name_verified = YesNo("real_name_verified")
penalized = YesNo("penalized")
purchased_gb = Decimal("purchased_gb", unit="GB")
used_gb = Decimal("used_gb", unit="GB")
upload_gb = Decimal("upload_gb", unit="GB")
needed_gb = used_gb.plus(upload_gb)
extra_gb = Beyond(needed_gb, purchased_gb)

capacity = Checker(
    "taobao-image-space-capacity",
    rules={
        "signed": agreement_signed.is_true().cites("agreement-needed"),
        "verified": real_name_verified.is_true().cites("real-name"),
        "not_penalized": penalized.is_false().cites("no-penalty"),
        "fits": purchased_gb.at_least(needed_gb).cites("space-purchase", "more-space"),
    },
    values={
        "extra_gb": extra_gb,
        "extra_cost_cny_per_year": Times(extra_gb, "space-price.price", unit="CNY"),
    },
)
