"""Draws and exports the shipped stories, and a very long one, into a folder, for the tests beside this file and for screenshots:
`python tests/browser/make_pages.py FOLDER`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from long_story import long_story

import intrigue
from intrigue.views.chronicle import chronicle
from intrigue.views.draw import page
from intrigue.views.export import FORMS
from intrigue.views.export.branches import branches

STORIES = Path(__file__).parent.parent.parent / "stories"


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    long = folder / "long.story"
    long.write_text(long_story(), encoding="utf-8")
    for path in (long, *sorted(STORIES.glob("*.story"))):
        story = intrigue.load(path)
        told = chronicle(story.run())
        (folder / f"{path.stem}.html").write_text(page(told), encoding="utf-8")
        (folder / f"{path.stem}.report.html").write_text(_report(story), encoding="utf-8")
        ways = branches(story, told)
        for form in ("twee", "ink"):
            (folder / f"{path.stem}.{form}").write_bytes(FORMS[form].make(told, ways))


def _report(story: intrigue.Story) -> str:
    from intrigue.views.report import page as report_page

    return report_page(story.check())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
