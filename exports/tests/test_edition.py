"""The edition stands for what files are made by."""

from exports.edition import edition


def test_the_edition_is_the_same_until_the_code_is_another(tmp_path, settings):
    (tmp_path / "exports" / "tests").mkdir(parents=True)
    layout, test = tmp_path / "exports" / "layout.py", tmp_path / "exports" / "tests" / "test_layout.py"
    settings.ROOT = tmp_path
    editions = []
    for path in (layout, test, layout):
        path.write_text(f"{len(editions)}")
        edition.cache_clear()
        editions.append(edition())
    edition.cache_clear()

    assert editions[0] == editions[1] != editions[2]
