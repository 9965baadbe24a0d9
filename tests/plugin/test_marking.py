"""Words of another language are marked in a page, and only where a page may hold it."""

import pytest

from menkan.plugin.marking import mark_languages

HAN = {"zh": "㐀-鿿"}


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        pytest.param("<p>no such letters</p>", "<p>no such letters</p>", id="nothing to mark"),
        pytest.param(
            "<p>the 卖家中心 (Seller Centre)</p>",
            '<p>the <span lang="zh">卖家中心</span> (Seller Centre)</p>',
            id="a label in a sentence",
        ),
        pytest.param(
            "<b>商品管理 > 我的申请</b>",
            '<b><span lang="zh">商品管理 > 我的申请</span></b>',
            id="a menu path is one run",
        ),
        pytest.param('<a title="卖家">x</a>', '<a title="卖家">x</a>', id="attributes stay"),
        pytest.param("<script>'卖'</script>", "<script>'卖'</script>", id="scripts stay"),
        pytest.param("<option>卖</option>", "<option>卖</option>", id="options stay"),
    ],
)
def test_marking(html, marked):
    assert mark_languages(html, HAN) == marked


def test_the_built_pages_mark_chinese_labels_in_english_text(built_site):
    html = (built_site / "en/guides/huawei-publishing/index.html").read_text(encoding="utf-8")

    assert '<strong><span lang="zh">存草稿</span></strong>' in html


def test_a_page_in_its_own_language_is_not_marked(built_site):
    html = (built_site / "zh/guides/huawei-publishing/index.html").read_text(encoding="utf-8")

    assert '<span lang="zh">' not in html
