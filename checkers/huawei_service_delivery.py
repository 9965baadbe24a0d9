"""Delivering services and hardware. Facts: docs/facts/huawei-service-delivery.yml."""

from menkan.rules import SOURCE_SILENT, All, Checker, Choice, YesNo

phone_matches = YesNo("phone_matches")

hardware_acceptance = Checker(
    "huawei-hardware-acceptance",
    # What else must hold when the numbers match stood before the copy begins.
    rules={"phone": (phone_matches.is_true() & SOURCE_SILENT).cites("phone-match")},
)

product_kind = Choice("product_kind", "service", "hardware")
requirement_confirmed = YesNo("requirement_confirmed")
delivered = YesNo("delivered")
acceptance_report_uploaded = YesNo("acceptance_report_uploaded")

service_delivery = Checker(
    "huawei-service-delivery",
    rules={
        "requirement": (product_kind.is_("hardware") | requirement_confirmed.is_true()).cites(
            "requirement-confirmation", "hardware-no-requirement"
        ),
        "delivered": delivered.is_true().cites("service-done"),
        "report": acceptance_report_uploaded.is_true().cites("acceptance-report"),
    },
    values={"appeal_allowed": All()},  # at any time, whatever the answers
)
