"""`menkan export` leaves alone what it did not write, and leaves nothing half written."""

from click.testing import CliRunner

from menkan.cli.export import command


def export(*words):
    return CliRunner().invoke(command, [str(word) for word in words])


def test_a_folder_that_holds_other_things_is_left_alone(tmp_path):
    (tmp_path / "mine.md").write_text("keep me")

    done = export(tmp_path)

    assert done.exit_code == 2
    assert "holds what `menkan export` did not write" in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["mine.md"]


def test_without_a_site_nothing_is_written(tmp_path):
    done = export(tmp_path / "out", "--root", tmp_path)

    assert done.exit_code == 2
    assert "There is no " in done.output
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_export_stays_when_a_new_one_fails(tmp_path):
    earlier = tmp_path / "out"
    earlier.mkdir()
    (earlier / ".menkan-export").write_text("")
    (earlier / "page.md").write_text("earlier")

    done = export(earlier, "--root", tmp_path)

    assert done.exit_code == 2
    assert (earlier / "page.md").read_text() == "earlier"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
