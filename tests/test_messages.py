"""script/messages: what is extracted, filled in, missed and refused."""

from pathlib import Path

import pytest

from script import messages
from script.machine import Refusal

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
TITLE = _("Service levels")
def count(n): return ngettext("%(n)d incident", "%(n)d incidents", n) % {"n": n}
SHORT = pgettext("month", "May")
"""
TEMPLATE = """{% load i18n %}
<ul title="{% translate "Owners' shares" %}">
   {% for row in rows %}
  <li>{% blocktranslate with name=row.name trimmed %}
      Cost of {{ name }} (100 %)
  {% endblocktranslate %}
     {% blocktranslate count n=rows|length %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}</li>
{% endfor %}</ul>
"""
NORWEGIAN = {
    "Service levels": {"nb": "Tjenestenivå", "nn": "Tenestenivå"},
    "%(n)d incident": {"nb": ["%(n)d hendelse", "%(n)d hendelser"], "nn": ["éi hending", "%(n)d hendingar"]},
    "month\x04May": {"nb": "mai", "nn": "mai"},
    "Owners' shares": {"nb": "Eiernes andeler", "nn": "Delane til eigarane"},
    "Cost of %(name)s (100 %%)": {"nb": "Kostnad for %(name)s (100 %%)", "nn": "Kostnad for %(name)s (100 %%)"},
    "%(n)s row": {"nb": ["%(n)s rad", "%(n)s rader"], "nn": ["%(n)s rad", "%(n)s rader"]},
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in {
        "sla/models.py": PYTHON,
        "templates/sla/grid.html": TEMPLATE,
        "sla/notes.txt": "_('no')",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_texts_of_code_and_templates_are_missing_until_filled_in(project) -> None:
    messages.update(project)
    assert messages.missing(project) == {
        "Service levels": {"nb": "", "nn": ""},
        "%(n)d incident": {"plural": "%(n)d incidents", "nb": ["", ""], "nn": ["", ""]},
        "month\x04May": {"nb": "", "nn": ""},
        "Owners' shares": {"nb": "", "nn": ""},
        "Cost of %(name)s (100 %%)": {"nb": "", "nn": ""},
        "%(n)s row": {"plural": "%(n)s rows", "nb": ["", ""], "nn": ["", ""]},
    }


def test_a_filled_catalogue_is_complete_and_passes(project, capsys) -> None:
    assert messages.update(project, NORWEGIAN) == []
    assert messages.missing(project) == {}
    assert (messages.check(project), capsys.readouterr().err) == (0, "")


def test_writing_again_changes_nothing(project) -> None:
    messages.update(project, NORWEGIAN)
    first = messages.catalogue_file(project, "nb").read_bytes()
    messages.update(project)
    assert messages.catalogue_file(project, "nb").read_bytes() == first


def test_a_text_that_no_source_has_is_named_and_not_kept(project) -> None:
    assert messages.update(project, NORWEGIAN | {"Gone": {"nb": "Borte", "nn": "Borte"}}) == ["Gone"]
    assert "Borte" not in messages.catalogue_file(project, "nb").read_text(encoding="utf-8")


def test_a_text_taken_out_of_the_sources_leaves_the_catalogue(project) -> None:
    messages.update(project, NORWEGIAN)
    (project / "sla" / "models.py").write_text("", encoding="utf-8")
    assert messages.check(project) == 1
    messages.update(project)
    assert "Tjenestenivå" not in messages.catalogue_file(project, "nb").read_text(encoding="utf-8")


def test_the_check_names_each_fault(project, capsys) -> None:
    messages.update(project, NORWEGIAN | {"Owners' shares": {"nb": "Andeler"}})
    messages.update(project, {"Cost of %(name)s (100 %%)": {"nb": "Kostnad for %(navn)s (100 %%)"}})
    (project / "sla" / "new.py").write_text('_("New")', encoding="utf-8")
    assert messages.check(project) == 1
    assert capsys.readouterr().err.splitlines() == [
        "nb: the catalogue is stale; run script/messages.",
        "nb: 'Cost of %(name)s (100 %%)' and its translation have different placeholders.",
        "nb: 'New' is not translated.",
        "nn: the catalogue is stale; run script/messages.",
        "nn: 'New' is not translated.",
        'nn: "Owners\' shares" is not translated.',
    ]


def test_a_source_that_cannot_be_read_is_named(project) -> None:
    (project / "sla" / "models.py").write_text('_("half', encoding="utf-8")
    with pytest.raises(Refusal, match=r"^sla/models\.py cannot be read: "):
        messages.update(project)


def test_compiled_catalogues_lie_beside_their_sources(project) -> None:
    messages.update(project, NORWEGIAN)
    messages.compile_all(project)
    assert sorted(file.name for file in (project / "locale" / "nb" / "LC_MESSAGES").iterdir()) == [
        "django.mo",
        "django.po",
    ]
