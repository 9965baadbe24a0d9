"""Checkers that use every kind of input, rule and value of the rules library; about nothing."""

from menkan.rules import (
    SOURCE_SILENT,
    UNTIL_DEADLINE,
    Beyond,
    Checker,
    Choice,
    Date,
    DateTime,
    Decimal,
    Integer,
    NextDay,
    OnlyIf,
    Pick,
    Says,
    Times,
    Unless,
    YesNo,
)

agreed = YesNo("agreed")
place = Choice("place", "here", "there", "elsewhere")
count = Integer("count", unit="days", at_least=0, at_most=50)
rating = Decimal("rating", unit="points", at_most="5")
extra = Decimal("extra", unit="points", at_most="1000000000")
start = Date("start")
today = Date("today", default="today", not_before=start)
called = DateTime("called")
now = DateTime("now", default="now", not_before=called)

month = start.plus_months("limits.months")
week = start.plus_days("limits.days")
working = start.plus_working_days("limits.days")
hour = called.plus_hours("limits.hours")
near = place.is_("here", "there") | SOURCE_SILENT
many = count.at_least("limits.count")

every_condition = Checker(
    "every-condition",
    rules={
        "agreed": (agreed.is_true() | count.above("limits.count")).cites("limits"),
        "near": (near & ~agreed.is_false()).cites("limits"),
        "ranked": place.at_least("there").cites("limits"),
        "switched": place.switch(here=many, there=~many, elsewhere=agreed.is_true()).cites(
            "limits"
        ),
        "rated": (rating.at_least("limits.rating") | rating.below("limits.rating")).cites("limits"),
        "summed": extra.at_most("limits.sum").cites("limits"),
        "in_season": (~start.in_season("limits.opens", "limits.closes")).cites("limits"),
        "past_month": today.above(month).cites("limits"),
        "past_week": (today.at_most(week) & UNTIL_DEADLINE).cites("limits"),
        "past_work": today.at_most(working).cites("limits"),
        "in_time": (now.at_most(hour) & UNTIL_DEADLINE).cites("limits"),
    },
    values={
        "says": near & many,
        "figure": "limits.rating",
        "week": week,
        "hour": hour,
        "working": OnlyIf(many, working),
        "picked": Pick(place, here="limits.count", there="limits.days", elsewhere="limits.months"),
        "owed": Times(Beyond(extra, rating), "limits.rating", "CNY"),
        "free": Unless(near, "limits.rating"),
        "said": Says(~near),
        "opens": NextDay(start, "limits.opens"),
        "closes": NextDay(start, "limits.closes", after=True),
    },
    order=(agreed, place, count, rating, extra, start, today, called, now),
)

worn = Decimal("worn", unit="points")
simple = Checker(
    "simple",
    rules={"worn": (worn.at_most("limits.sum") & near).cites("limits")},
    values={"left": Beyond("limits.sum", worn), "over": Beyond(worn.plus(rating), "limits.sum")},
)
