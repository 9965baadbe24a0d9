"""The theme's stylesheet loses what no page can use, and nothing else."""

import pytest

from menkan.plugin.styles import names_in, trim_styles, trimmed

PAGE = b"""<body dir="ltr"><p class="note  plain" title="class='told'">a</p>
<b class='quoted'>b</b> <i class=bare style="top: var(--own)">c</i></body>"""


def test_names_are_classes_and_directions():
    assert names_in([PAGE]) >= {"note", "plain", "quoted", "bare", "dir=ltr", "--own"}
    assert "dir=rtl" not in names_in([PAGE])


@pytest.mark.parametrize(
    "rule",
    [
        "p{color:red}",
        ".note{color:red}",
        "p.note.plain>b{color:red}",
        ".note:not(.absent){color:red}",
        "[dir=ltr] .note{color:red}",
        "[data-x=absent] .note{color:red}",
        "@media print{.note{color:red}}",
        "@supports (display:grid){.note{color:red}}",
        "@page{margin:1cm}",
        "@keyframes turn{to{opacity:0}}",
        '.note:before{content:".absent{}"}',
        ".note{background:url(data:image/svg+xml;a{.absent})}",
        "@font-face{font-family:x}",
    ],
)
def test_what_can_apply_stays(rule):
    assert trimmed(rule, {"note", "plain", "dir=ltr"}) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".absent{color:red}",
        ".note .absent{color:red}",
        ".note.absent{color:red}",
        ".absent:not(.note){color:red}",
        "[dir=rtl] .note{color:red}",
        '[dir="rtl"] .note{color:red}',
        "@media print{.absent{color:red}}",
        "@media screen{@media print{.absent{color:red}}}",
    ],
)
def test_what_cannot_apply_goes(rule):
    assert trimmed(rule, {"note", "dir=ltr"}) == ""


def test_of_a_list_only_the_selectors_that_can_apply_stay():
    assert trimmed(".absent,.note,b.absent{color:red}", {"note"}) == ".note{color:red}"


def test_what_a_script_names_stays_in_whole_or_by_its_beginning():
    css = ".tab--next{color:red}.tip{color:red}.tips{color:red}"
    scripts = 'a.className=`tab--${way}`;b.classList.add("tip")'

    assert trimmed(css, set(), scripts) == ".tab--next{color:red}.tip{color:red}"


def test_custom_properties_go_that_nothing_is_left_to_use():
    css = (
        ":root{--a:var(--b);--b:1;--c:2;--d:3;--e:var(--f);--f:4;color:red}"
        ".note{top:var(--a)}.absent{top:var(--e)}"
    )

    text = trimmed(css, {"note"}, scripts='style.getPropertyValue("--c")', others="p{top:var(--d)}")

    assert text == ":root{--a:var(--b);--b:1;--c:2;--d:3;color:red}.note{top:var(--a)}"


def test_the_sheet_is_named_by_what_is_in_it_and_pages_follow(tmp_path):
    site, shared = tmp_path / "en", tmp_path / "menkan"
    sheets = site / "assets/stylesheets"
    sheets.mkdir(parents=True)
    (shared / "forms").mkdir(parents=True)
    (shared / "forms/a.html").write_text('<p class="form">')
    (sheets / "main.0.min.css").write_text(".note{top:0}.form{top:0}.absent{top:0}")
    (sheets / "main.0.min.css.map").write_text("{}")
    page = site / "index.html"
    page.write_text('<link href="assets/stylesheets/main.0.min.css"><p class="note">')

    trim_styles(site, shared)

    (sheet,) = sheets.iterdir()
    assert sheet.read_text() == ".note{top:0}.form{top:0}"
    assert sheet.name != "main.0.min.css"
    assert f"assets/stylesheets/{sheet.name}" in page.read_text()


def test_a_custom_property_that_a_page_uses_itself_stays():
    css = ":root{--own:1;--other:2}"

    assert trimmed(css, {"--own"}) == ":root{--own:1}"


def test_the_site_has_the_trimmed_sheet_alone(built_site):
    for code in ("zh", "en"):
        sheets = built_site / code / "assets/stylesheets"
        (sheet,) = sheets.glob("main.*")
        assert 60_000 < sheet.stat().st_size < 100_000  # the theme's has 137 kB
        pages = list((built_site / code).rglob("index.html"))
        assert pages and all(sheet.name in page.read_text("utf-8") for page in pages)
