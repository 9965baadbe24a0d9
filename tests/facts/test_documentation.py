"""What the guide for authors shows is true: its record is good and its message is the real one."""

import re

from menkan.facts import parse_record


def test_the_record_in_the_documentation_is_good_and_its_error_is_real(root):
    text = (root / "docs/contributing/writing-a-record.md").read_text(encoding="utf-8")
    example = re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1]
    message = re.search(r"```text\n(.*?)\n```", text, re.DOTALL)[1]
    name = "docs/facts/tidepool-second-shop.yml"

    _, mistakes = parse_record(example, name, ("zh", "en"), {"tidepool": None})
    spoiled = example.replace("      zh: 店铺评分不低于 {rating} 分。\n", "")
    _, told = parse_record(spoiled, name, ("zh", "en"), {"tidepool": None})

    assert mistakes == []
    assert [str(mistake) for mistake in told] == [message]
