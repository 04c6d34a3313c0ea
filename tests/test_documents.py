"""What README.md and docs/ show is what there is."""

import re

from script import architecture, pictures
from script.project import ROOT

SHOWN = re.compile(r"!\[(?P<alt>[^\]]*)\]\(docs/pictures/(?P<name>[\w-]+)\.png\)")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)[^)]*\)")
MOST_BYTES = 150_000
LEAST_WORDS = 6


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_floors_are_drawn_as_the_contracts_and_the_imports_have_them():
    page = architecture.PAGE.read_text(encoding="utf-8")
    assert architecture.redrawn(page) == page


def test_the_readme_shows_the_pictures_that_are_drawn_and_no_file_is_left_over():
    shown = [found["name"] for found in SHOWN.finditer(readme())]
    assert shown == list(pictures.PICTURES)
    assert sorted(file.name for file in pictures.FOLDER.iterdir()) == sorted(f"{name}.png" for name in shown)


def test_every_picture_is_small_and_is_told_in_words_too():
    assert [file.name for file in pictures.FOLDER.iterdir() if file.stat().st_size >= MOST_BYTES] == []
    assert [found["name"] for found in SHOWN.finditer(readme()) if len(found["alt"].split()) < LEAST_WORDS] == []


def test_every_link_between_our_documents_leads_somewhere():
    documents = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + [
        *(ROOT / "docs").rglob("*.md")
    ]
    broken = {
        f"{document.name}: {link}"
        for document in documents
        for link in LINK.findall(document.read_text(encoding="utf-8"))
        if not (document.parent / link).exists()
    }
    assert broken == set()


def test_every_script_that_is_named_in_a_document_is_there():
    documents = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    named = {
        name for document in documents for name in re.findall(r"script/(\w+)", document.read_text(encoding="utf-8"))
    }
    assert {name for name in named if not (ROOT / "script" / name).is_file()} == set()
    assert {file.name for file in (ROOT / "script").iterdir() if file.is_file() and not file.suffix} == named
