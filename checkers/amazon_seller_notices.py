"""Short notices of Amazon US to its sellers. Facts: docs/facts/amazon-seller-notices.yml."""

from menkan.rules import SOURCE_SILENT, Checker, Choice, Date, NextDay, YesNo

meltable = YesNo("meltable")
arrives_on = Date("arrives_on")

meltable_inventory = Checker(
    "amazon-meltable-inventory",
    rules={
        "in_season": (
            meltable.is_false()
            | ~arrives_on.in_season("meltable-season.first_day", "meltable-season.last_day")
        ).cites("meltable-season"),
    },
    values={
        "window_closes_on": NextDay(arrives_on, "meltable-season.first_day"),
        "window_opens_on": NextDay(arrives_on, "meltable-season.last_day", after=True),
    },
)

login_with_amazon = YesNo("login_with_amazon")
rotated_on = Date("rotated_on")
today = Date("today", default="today", not_before=rotated_on)
rotate_by = rotated_on.plus_days("credential-rotation.days")

sp_api_credentials = Checker(
    "amazon-sp-api-credentials",
    rules={
        "lwa": login_with_amazon.is_true().cites("api-login"),
        "rotated": today.at_most(rotate_by).cites("credential-rotation"),
    },
    values={"rotate_by": rotate_by},
    order=(login_with_amazon, rotated_on, today),
)

fulfilled_by = Choice("fulfilled_by", "seller", "amazon")
ordered_on = Date("ordered_on")

free_returns = Checker(
    "amazon-free-returns",
    rules={
        "seller_fulfilled": (fulfilled_by.is_("seller") | SOURCE_SILENT).cites("free-returns"),
        "in_force": ordered_on.at_least("free-returns.start").cites("free-returns"),
    },
)

invited = YesNo("invited")
professional_plan = YesNo("professional_plan")
store = Choice("store", "us", "other")
us_store = store.is_("us") | SOURCE_SILENT

seller_wallet = Checker(
    "amazon-seller-wallet",
    rules={
        "us_store": us_store.cites("wallet-store"),
        "invited": invited.is_true().cites("wallet-invitation"),
    },
    values={"fee": "wallet-fee.fee"},
    order=(invited, store),
)

brazil = Checker(
    "amazon-brazil",
    rules={
        "professional": professional_plan.is_true().cites("brazil-plan"),
        "us_store": us_store.cites("brazil-store"),
    },
)
