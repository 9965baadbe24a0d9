"""The words of summaries and reports, zh and en."""

__all__ = ["PHRASES", "share"]

PHRASES = {
    "en": {
        "rows": "{} rows",
        "eligible": "Eligible",
        "not_eligible": "Not eligible",
        "undetermined": "Can't tell yet",
        "errors": "Not judged: an answer cannot be used",
        "failed": "Conditions not met",
        "unknown": "Conditions still open",
        "needed": "Answers that would still decide",
        "unanswered": "Answers not given",
        "first_error": "The first error: {}",
        "verdicts": "Verdicts",
        "title": "Result of a table",
        "count": "Rows",
        "share": "Share",
        "none": "None.",
        "language": "English",
        "as_of": "By the source of {}, not by today's rules.",
        "undated": "The source is undated.",
    },
    "zh": {
        "rows": "共 {} 行",
        "eligible": "符合",
        "not_eligible": "不符合",
        "undetermined": "还不能判断",
        "errors": "没有判断：有答案不能用",
        "failed": "没有满足的条件",
        "unknown": "还不能确定的条件",
        "needed": "补上就可能有结论的答案",
        "unanswered": "没有给出的答案",
        "first_error": "第一处错误：{}",
        "verdicts": "结论",
        "title": "表格判断结果",
        "count": "行数",
        "share": "占比",
        "none": "无。",
        "language": "中文",
        "as_of": "依据 {} 的来源，不是今天的规则。",
        "undated": "来源没有注明日期。",
    },
}


def share(number: int, rows: int) -> str:
    """Write a share of all rows in percent."""
    return f"{100 * number / rows:.1f} %" if rows else ""
