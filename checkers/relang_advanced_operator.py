"""Binding an advanced operator account. Facts: docs/facts/relang-advanced-operator.yml."""

from menkan.rules import Beyond, Checker, Choice, Integer, YesNo

signed_in_as = Choice("signed_in_as", "main", "other")
existing_advanced_operators = Integer("existing_advanced_operators", unit="accounts")
account_type = Choice("account_type", "operator", "other")
permission = Choice("permission", "full", "ordinary")
invitee_confirmed = YesNo("invitee_confirmed")

advanced_operator = Checker(
    "relang-advanced-operator",
    rules={
        "main_account": signed_in_as.is_("main").cites("main-account"),
        "slot_free": existing_advanced_operators.below("operator-limit.accounts").cites(
            "operator-limit"
        ),
        "operator_type": account_type.is_("operator").cites("account-type"),
        "full_permission": permission.is_("full").cites("full-permission"),
        "confirmed": invitee_confirmed.is_true().cites("invitee-confirmation"),
    },
    values={"slots_left": Beyond("operator-limit.accounts", existing_advanced_operators)},
)
