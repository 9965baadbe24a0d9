"""Joining, leaving and rejoining as a talent service provider. Facts: docs/facts/relang-provider.yml."""

from menkan.rules import Beyond, Checker, Choice, Decimal, Integer, Unless, YesNo

deposit_cny = Decimal("deposit_cny", unit="CNY")
existing_role = Choice("existing_role", "none", "mcn", "ugc", "other")
existing_role_deposit_cny = Decimal("existing_role_deposit_cny", unit="CNY")
alipay_enterprise_verified = YesNo("alipay_enterprise_verified")
independent_legal_entity = YesNo("independent_legal_entity")
general_taxpayer = YesNo("general_taxpayer")
employees = Integer("employees", unit="people")
alliance_settlement_30d_cny = Decimal("alliance_settlement_30d_cny", unit="CNY")
alliance_screenshots = YesNo("alliance_screenshots")
category_authorization_cases = YesNo("category_authorization_cases")
brand_agreements_in_progress = YesNo("brand_agreements_in_progress")
brand_trade_proof_half_year = YesNo("brand_trade_proof_half_year")

deposit = deposit_cny.at_least("deposit.deposit") | (
    ~existing_role.is_("none") & existing_role_deposit_cny.at_least("deposit-carried-over.deposit")
)
# The copy asks for both kinds of proof of work with several brands; we read it so, and say so.
cooperation = (
    (
        alliance_settlement_30d_cny.above("alliance-settlement.amount")
        & alliance_screenshots.is_true()
    )
    | category_authorization_cases.is_true()
    | (brand_agreements_in_progress.is_true() & brand_trade_proof_half_year.is_true())
)

admission = Checker(
    "relang-provider-admission",
    rules={
        "deposit": deposit.cites("deposit", "deposit-carried-over"),
        "alipay": alipay_enterprise_verified.is_true().cites("alipay-verification"),
        "legal_entity": independent_legal_entity.is_true().cites("legal-entity"),
        "taxpayer": general_taxpayer.is_true().cites("general-taxpayer"),
        "staff": employees.at_least("staff.people").cites("staff"),
        "cooperation": cooperation.cites(
            "alliance-settlement", "category-cases", "brand-cooperation"
        ),
    },
    values={
        "deposit_shortfall_cny": Unless(deposit, Beyond("deposit.deposit", deposit_cny)),
    },
)

obligations_fulfilled = YesNo("obligations_fulfilled")
in_litigation = YesNo("in_litigation")
under_regulatory_inquiry = YesNo("under_regulatory_inquiry")
in_penalty_period = YesNo("in_penalty_period")
unpaid_fines = YesNo("unpaid_fines")

exit_ = Checker(
    "relang-provider-exit",
    rules={
        "obligations": obligations_fulfilled.is_true().cites("exit-obligations"),
        "no_proceedings": (in_litigation.is_false() & under_regulatory_inquiry.is_false()).cites(
            "exit-no-proceedings"
        ),
        "no_penalty": (in_penalty_period.is_false() & unpaid_fines.is_false()).cites(
            "exit-no-penalty"
        ),
    },
)

removed_for_serious_violation = YesNo("removed_for_serious_violation")
meets_admission = YesNo("meets_admission")

reentry = Checker(
    "relang-provider-reentry",
    rules={
        "not_barred": removed_for_serious_violation.is_false().cites("reentry-bar"),
        "admission": meets_admission.is_true().cites("reentry-conditions"),
    },
    values={"barred_forever": removed_for_serious_violation.is_true()},
)
