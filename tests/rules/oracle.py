"""A second implementation of all 25 checkers, for tests: plain functions on full answers.

Written from the sources' statements, not from the checkers, and without the rules library: each
function takes every answer and gives each rule's status. `REPS` names enough answers to each
input to reach every side of every limit; answers that are compared with each other get theirs
from `near`, because their sides depend on one another. The figures stand here as plain numbers
on purpose: this file is the second opinion.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from itertools import product

MET, NOT, UNKNOWN = "met", "not_met", "unknown"
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
FIRST_INSTANT = datetime(1900, 1, 1, tzinfo=UTC)
LAST_INSTANT = datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
TINY = Decimal("0.000000001")


def yes(condition):
    return MET if condition else NOT


def agreement(seller_registered, device, space_purchased):
    return {
        "registered": yes(seller_registered),
        "on_computer": yes(device == "computer"),
        "purchased": yes(space_purchased),
    }


def auto_activation(credit_tier, plan):
    return {
        "credit": yes(credit_tier in ("diamond", "crown", "golden_crown")),
        "standard_plan": yes(plan == "standard"),
    }


def authorization(authorizer, already_authorized, adult_products):
    quota = 10 if authorizer == "standard_edition" else 2
    return {
        "category_allowed": yes(not adult_products),
        "quota_left": yes(already_authorized < quota),
    }


def month_later(day):
    year, month = (day.year + 1, 1) if day.month == 12 else (day.year, day.month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def revocation(authorized_on, today):
    return {
        "one_month_passed": yes(
            authorized_on < date(2199, 12, 1) and today >= month_later(authorized_on)
        )
    }


def capacity(agreement_signed, real_name_verified, penalized, purchased_gb, used_gb, upload_gb):
    return {
        "signed": yes(agreement_signed),
        "verified": yes(real_name_verified),
        "not_penalized": yes(not penalized),
        "fits": yes(used_gb + upload_gb <= purchased_gb),
    }


def admission(
    deposit_cny,
    existing_role,
    existing_role_deposit_cny,
    alipay_enterprise_verified,
    independent_legal_entity,
    general_taxpayer,
    employees,
    alliance_settlement_30d_cny,
    alliance_screenshots,
    category_authorization_cases,
    brand_agreements_in_progress,
    brand_trade_proof_half_year,
):
    carried_over = existing_role != "none" and existing_role_deposit_cny >= 100000
    return {
        "deposit": yes(deposit_cny >= 100000 or carried_over),
        "alipay": yes(alipay_enterprise_verified),
        "legal_entity": yes(independent_legal_entity),
        "taxpayer": yes(general_taxpayer),
        "staff": yes(employees >= 10),
        "cooperation": yes(
            (alliance_settlement_30d_cny > 500000 and alliance_screenshots)
            or category_authorization_cases
            or (brand_agreements_in_progress and brand_trade_proof_half_year)
        ),
    }


def provider_exit(
    obligations_fulfilled, in_litigation, under_regulatory_inquiry, in_penalty_period, unpaid_fines
):
    return {
        "obligations": yes(obligations_fulfilled),
        "no_proceedings": yes(not in_litigation and not under_regulatory_inquiry),
        "no_penalty": yes(not in_penalty_period and not unpaid_fines),
    }


def reentry(removed_for_serious_violation, meets_admission):
    return {"not_barred": yes(not removed_for_serious_violation), "admission": yes(meets_admission)}


def advanced_operator(
    signed_in_as, existing_advanced_operators, account_type, permission, invitee_confirmed
):
    return {
        "main_account": yes(signed_in_as == "main"),
        "slot_free": yes(existing_advanced_operators < 20),
        "operator_type": yes(account_type == "operator"),
        "full_permission": yes(permission == "full"),
        "confirmed": yes(invitee_confirmed),
    }


def refund_review(product_kind, comment_written, evidence_attached):
    return {
        "kind_covered": MET if product_kind in ("saas", "data_asset") else UNKNOWN,
        "comment": yes(comment_written),
        "evidence": yes(evidence_attached),
    }


def asset_release(asset_kind, size_gb, in_obs_bucket, self_check_passed, review_status):
    return {
        "self_check": yes(self_check_passed),
        "upload_route": yes(asset_kind == "image" or size_gb <= 1 or in_obs_bucket),
        "review": yes(review_status == "passed"),
    }


def listing_review(calendar):
    def judge(submitted_on, listings_submitted_that_day, today):
        if listings_submitted_that_day >= 10:
            return {"sla_known": UNKNOWN, "past_due": UNKNOWN}
        due, left = submitted_on, 3
        while left:
            due += timedelta(days=1)
            if not (2004 <= submitted_on.year <= 2026 and 2004 <= due.year <= 2026):
                return {"sla_known": MET, "past_due": UNKNOWN}
            left -= calendar(due)
        return {"sla_known": MET, "past_due": yes(today > due)}

    return judge


def change_live(submitted, review_passed):
    return {"submitted": yes(submitted), "passed": yes(review_passed)}


def purchase_access(hidden, customer_has_url, restricted, customer_designated):
    return {
        "reachable": yes(not hidden or customer_has_url),
        "permitted": yes(not restricted or customer_designated),
    }


def hardware_acceptance(phone_matches):
    return {"phone": UNKNOWN if phone_matches else NOT}


def joint_listing(certification_passed):
    return {"certified": yes(certification_passed)}


def service_delivery(product_kind, requirement_confirmed, delivered, acceptance_report_uploaded):
    return {
        "requirement": yes(product_kind == "hardware" or requirement_confirmed),
        "delivered": yes(delivered),
        "report": yes(acceptance_report_uploaded),
    }


def exclusive_discount(request_approved, in_effect, customer_named):
    return {
        "approved": yes(request_approved),
        "in_effect": yes(in_effect),
        "named": yes(customer_named),
    }


def assurance(store, months_of_history, days_below_250, emergency_contact_valid):
    return {
        "store_covered": UNKNOWN if store == "other" else MET,
        "history": yes(months_of_history >= 6),
        "rating": yes(days_below_250 <= 10),
        "contact": yes(emergency_contact_valid),
    }


def response(enrolled, contacted_at, resolved, resolved_at, now):
    deadline = contacted_at + timedelta(hours=72)
    if resolved:
        in_time = yes(resolved_at <= deadline)
    else:
        in_time = NOT if now > deadline else UNKNOWN
    return {"enrolled": yes(enrolled), "in_time": in_time}


def meltable_inventory(meltable, arrives_on):
    closed = (4, 15) <= (arrives_on.month, arrives_on.day) <= (10, 15)
    return {"in_season": yes(not meltable or not closed)}


def sp_api_credentials(login_with_amazon, rotated_on, today):
    return {"lwa": yes(login_with_amazon), "rotated": yes((today - rotated_on).days <= 180)}


def free_returns(fulfilled_by, ordered_on):
    return {
        "seller_fulfilled": MET if fulfilled_by == "seller" else UNKNOWN,
        "in_force": yes(ordered_on >= date(2021, 10, 28)),
    }


def seller_wallet(invited, store):
    return {"us_store": MET if store == "us" else UNKNOWN, "invited": yes(invited)}


def brazil(professional_plan, store):
    return {"professional": yes(professional_plan), "us_store": MET if store == "us" else UNKNOWN}


BOTH = (False, True)
DEPOSIT = (Decimal("99999.999999999"), Decimal(100000))
DAY = timedelta(days=1)


def days_near(offsets, pool, centre):
    """Give days that stand on every side of every limit drawn from the days given."""

    def near(given):
        found = {FIRST_DAY, LAST_DAY}
        for day in (*given, *(() if given else (centre,)), *pool):
            for offset in offsets:
                number = day.toordinal() + offset
                if FIRST_DAY.toordinal() <= number <= LAST_DAY.toordinal():
                    found.add(date.fromordinal(number))
        return sorted(found)

    return near


def instants_near(given):
    hours = (0, 72, -72, 144, -144)
    found = {FIRST_INSTANT, LAST_INSTANT}
    for instant in given or (datetime(2022, 11, 17, 7, 20, tzinfo=UTC),):
        for hour, tick in product(hours, (-1, 0, 1)):
            if 1901 < instant.year < 2199:
                found.add(instant + timedelta(hours=hour) + tick * MICRO)
    return sorted(found)


def sizes_near(given):
    found = {Decimal(0), TINY, Decimal(10**12)}
    sums = {a + b for a in given for b in given} | {a - b for a in given for b in given}
    for size in {*given, *sums}:
        found |= {size - TINY, size, size + TINY}
    return sorted(size for size in found if 0 <= size <= 10**12)


# slug: (function, {input: answers enough for every side}, {tied input: (near, answers to draw)})
CASES = {
    "taobao-image-space-agreement": (
        agreement,
        {"seller_registered": BOTH, "device": ("computer", "phone"), "space_purchased": BOTH},
        {},
    ),
    "taobao-image-space-auto-activation": (
        auto_activation,
        {
            "credit_tier": ("none", "heart", "diamond", "crown", "golden_crown"),
            "plan": ("standard", "other"),
        },
        {},
    ),
    "taobao-image-space-authorization": (
        authorization,
        {
            "authorizer": ("standard_edition", "tmall"),
            "already_authorized": (0, 1, 2, 9, 10, 11),
            "adult_products": BOTH,
        },
        {},
    ),
    "taobao-image-space-revocation": (
        revocation,
        {},
        {
            name: (
                days_near(range(-32, 33), (), date(2022, 1, 31)),
                [date(2022, 1, 28) + DAY * n for n in (0, 1, 2, 3, 31, 32)]
                + [FIRST_DAY, LAST_DAY, date(2199, 12, 1), date(2024, 1, 30), date(2024, 2, 29)],
            )
            for name in ("authorized_on", "today")
        },
    ),
    "taobao-image-space-capacity": (
        capacity,
        {"agreement_signed": BOTH, "real_name_verified": BOTH, "penalized": BOTH},
        {
            name: (
                sizes_near,
                [Decimal(n) for n in ("0", "0.1", "0.2", "0.3", "5", "1000000000000")],
            )
            for name in ("purchased_gb", "used_gb", "upload_gb")
        },
    ),
    "relang-provider-admission": (
        admission,
        {
            "deposit_cny": DEPOSIT,
            "existing_role": ("none", "ugc"),
            "existing_role_deposit_cny": DEPOSIT,
            "alipay_enterprise_verified": BOTH,
            "independent_legal_entity": BOTH,
            "general_taxpayer": BOTH,
            "employees": (9, 10),
            "alliance_settlement_30d_cny": (Decimal(500000), Decimal("500000.000000001")),
            "alliance_screenshots": BOTH,
            "category_authorization_cases": BOTH,
            "brand_agreements_in_progress": BOTH,
            "brand_trade_proof_half_year": BOTH,
        },
        {},
    ),
    "relang-provider-exit": (
        provider_exit,
        dict.fromkeys(
            (
                "obligations_fulfilled",
                "in_litigation",
                "under_regulatory_inquiry",
                "in_penalty_period",
                "unpaid_fines",
            ),
            BOTH,
        ),
        {},
    ),
    "relang-provider-reentry": (
        reentry,
        {"removed_for_serious_violation": BOTH, "meets_admission": BOTH},
        {},
    ),
    "relang-advanced-operator": (
        advanced_operator,
        {
            "signed_in_as": ("main", "other"),
            "existing_advanced_operators": (0, 19, 20, 21),
            "account_type": ("operator", "other"),
            "permission": ("full", "ordinary"),
            "invitee_confirmed": BOTH,
        },
        {},
    ),
    "huawei-refund-review": (
        refund_review,
        {
            "product_kind": ("saas", "data_asset", "other"),
            "comment_written": BOTH,
            "evidence_attached": BOTH,
        },
        {},
    ),
    "huawei-asset-release": (
        asset_release,
        {
            "asset_kind": ("image", "software_package"),
            "size_gb": (Decimal(0), Decimal(1), 1 + TINY),
            "in_obs_bucket": BOTH,
            "self_check_passed": BOTH,
            "review_status": ("not_submitted", "in_review", "rejected", "passed"),
        },
        {},
    ),
    "huawei-listing-review": (
        listing_review,
        {"listings_submitted_that_day": (1, 9, 10, 11)},
        {
            name: (
                days_near(
                    (*range(-12, 13), 30),
                    (date(2003, 12, 31), date(2026, 12, 25)),
                    date(2022, 9, 29),
                ),
                [date(2022, 9, 27) + DAY * n for n in range(0, 16, 3)]
                + [FIRST_DAY, LAST_DAY, date(2026, 12, 27), date(2026, 12, 30), date(2004, 1, 1)],
            )
            for name in ("submitted_on", "today")
        },
    ),
    "huawei-change-live": (change_live, {"submitted": BOTH, "review_passed": BOTH}, {}),
    "huawei-purchase-access": (
        purchase_access,
        dict.fromkeys(("hidden", "customer_has_url", "restricted", "customer_designated"), BOTH),
        {},
    ),
    "huawei-hardware-acceptance": (hardware_acceptance, {"phone_matches": BOTH}, {}),
    "huawei-joint-listing": (joint_listing, {"certification_passed": BOTH}, {}),
    "huawei-service-delivery": (
        service_delivery,
        {
            "product_kind": ("service", "hardware"),
            "requirement_confirmed": BOTH,
            "delivered": BOTH,
            "acceptance_report_uploaded": BOTH,
        },
        {},
    ),
    "huawei-exclusive-discount": (
        exclusive_discount,
        dict.fromkeys(("request_approved", "in_effect", "customer_named"), BOTH),
        {},
    ),
    "amazon-account-health-assurance": (
        assurance,
        {
            "store": ("us", "ca", "other"),
            "months_of_history": (5, 6, 7),
            "days_below_250": (9, 10, 11),
            "emergency_contact_valid": BOTH,
        },
        {},
    ),
    "amazon-account-health-response": (
        response,
        {"enrolled": BOTH, "resolved": BOTH},
        {
            name: (
                instants_near,
                [
                    datetime(2022, 11, 17, 15, 20, tzinfo=timezone(timedelta(hours=8)))
                    + timedelta(hours=hours)
                    + ticks * MICRO
                    for hours, ticks in ((0, 0), (0, 1), (72, 0), (72, 1), (144, 0), (145, 0))
                ]
                + [FIRST_INSTANT, LAST_INSTANT],
            )
            for name in ("contacted_at", "resolved_at", "now")
        },
    ),
    "amazon-meltable-inventory": (
        meltable_inventory,
        {
            "meltable": BOTH,
            "arrives_on": [
                date(year, month, day)
                for year in (1900, 2022, 2024, 2199)
                for month, day in ((1, 1), (4, 14), (4, 15), (10, 15), (10, 16), (12, 31))
            ],
        },
        {},
    ),
    "amazon-sp-api-credentials": (
        sp_api_credentials,
        {"login_with_amazon": BOTH},
        {
            name: (
                days_near((0, 1, -1, 179, 180, 181, -179, -180, -181, 400), (), date(2022, 5, 17)),
                [date(2022, 5, 17) + DAY * n for n in (0, 1, 179, 180, 181, 400)]
                + [FIRST_DAY, LAST_DAY, LAST_DAY - DAY * 100],
            )
            for name in ("rotated_on", "today")
        },
    ),
    "amazon-free-returns": (
        free_returns,
        {
            "fulfilled_by": ("seller", "amazon"),
            "ordered_on": (date(2021, 10, 27), date(2021, 10, 28), LAST_DAY),
        },
        {},
    ),
    "amazon-seller-wallet": (seller_wallet, {"invited": BOTH, "store": ("us", "other")}, {}),
    "amazon-brazil": (brazil, {"professional_plan": BOTH, "store": ("us", "other")}, {}),
}

# Further answers to draw, beyond those that stand for every side.
ALSO = {
    "existing_role": ("mcn", "other"),
    "employees": (0, 11, 10**12),
    "deposit_cny": (Decimal(0), Decimal("100000.01"), Decimal(10**12)),
    "size_gb": (Decimal("1.00"), Decimal("0.999999999"), Decimal(10**12)),
    "months_of_history": (0, 10**12),
    "days_below_250": (0, 10**12),
    "already_authorized": (10**12,),
    "ordered_on": (FIRST_DAY, date(2021, 10, 29)),
}

# Pairs (later, earlier) in which the later one must not lie before the earlier one.
ORDERS = {
    "taobao-image-space-revocation": [("today", "authorized_on")],
    "huawei-listing-review": [("today", "submitted_on")],
    "amazon-account-health-response": [("resolved_at", "contacted_at")],
    "amazon-sp-api-credentials": [("today", "rotated_on")],
}


def overall(statuses):
    """Combine rules: one not met settles it, else one unknown leaves it open."""
    if NOT in statuses.values():
        return "not_eligible"
    return "undetermined" if UNKNOWN in statuses.values() else "eligible"


class Oracle:
    """Brute force over one checker's completions."""

    def __init__(self, slug, calendar):
        self.slug = slug
        function, self.plain, self.tied = CASES[slug]
        self.function = function(calendar) if slug == "huawei-listing-review" else function
        self.names = function.__code__.co_varnames[: function.__code__.co_argcount]
        if slug == "huawei-listing-review":
            self.names = ("submitted_on", "listings_submitted_that_day", "today")
        self._known = {}
        self._found = {}

    def valid(self, answers):
        """Say whether no answer given lies before one it must not lie before."""
        return all(
            answers[later] >= answers[earlier]
            for later, earlier in ORDERS.get(self.slug, ())
            if later in answers and earlier in answers
        )

    def draw(self, random, share):
        """Draw valid partial answers, each input answered with this probability."""
        while True:
            answers = {}
            for name in self.names:
                if random.random() < share:
                    pool = self.plain.get(name) or self.tied[name][1]
                    answers[name] = random.choice((*pool, *ALSO.get(name, ())))
            if self.valid(answers):
                return answers

    def completions(self, answers):
        """Yield every full set of answers that agrees with these, one per side of each limit."""
        given = [answers[name] for name in self.tied if name in answers]
        choices = [
            (answers[name],)
            if name in answers
            else self.plain[name]
            if name in self.plain
            else self.tied[name][0](given)
            for name in self.names
        ]
        for full in product(*choices):
            completed = dict(zip(self.names, full, strict=True))
            if self.valid(completed):
                yield completed

    def judge(self, answers):
        """Give (verdict, statuses by rule, the inputs that can still change the verdict)."""
        key = tuple(sorted((name, str(value)) for name, value in answers.items()))
        if key not in self._known:
            self._known[key] = self._judge(answers)
        return self._known[key]

    def _rules(self, full):
        key = tuple(full.values())
        if key not in self._found:
            self._found[key] = self.function(**full)
        return self._found[key]

    def _judge(self, answers):
        free = [name for name in self.names if name not in answers]
        verdicts, statuses = set(), {}
        reached = {name: {} for name in free}
        for full in self.completions(answers):
            found = self._rules(full)
            verdict = overall(found)
            verdicts.add(verdict)
            for rule, status in found.items():
                statuses.setdefault(rule, set()).add(status)
            for name in free:
                others = tuple(full[other] for other in free if other != name)
                reached[name].setdefault(others, set()).add(verdict)
        verdict = verdicts.pop() if len(verdicts) == 1 else "undetermined"
        rules = {
            rule: next(iter(found)) if len(found) == 1 else UNKNOWN
            for rule, found in statuses.items()
        }
        needs = {
            name for name, groups in reached.items() if any(len(g) > 1 for g in groups.values())
        }
        return verdict, rules, needs


def as_json(answers):
    """Write answers as a program would send them."""
    return {
        name: value
        if isinstance(value, (bool, int, str))
        else str(value)
        if isinstance(value, Decimal)
        else value.isoformat()
        for name, value in answers.items()
    }
