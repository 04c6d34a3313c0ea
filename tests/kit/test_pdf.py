"""A page becomes a PDF that a checker finds nothing in, from nothing but what it was given, the same every time."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from kit import charts, pdf
from kit.charts import PRINT
from tests.kit.drawing import STEADY, bullet, series, sparkline

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "node_modules/@fontsource-variable/inter/files"
FROZEN = datetime(2026, 10, 6, 6, tzinfo=UTC)
FILES = {"/print.css": ROOT / "static/css/print.css"}
OUTLOUD = Path(sys.executable).with_name("outloud")
FURNITURE = (
    'data-head-left="Styrerapport 3. kvartal 2026" data-head-right="Fellesdrift Agder IKS" '
    'data-foot-left="DEMO – oppdiktede tall" data-foot-centre="sha256 fa4df999be78" data-foot-right="/2"'
)
FIRST_PAGE = """
<div class="page" {furniture}>
  <h1>Tjenestene er stabile, men svarene kommer for sent</h1>
  <p>Kontoret svarer på de fleste feilene i tide. <a class="onward" href="#explained">s. 2</a></p>
  <h2>Tall for kommunene</h2>
  <table>
    <colgroup><col width="281"><col width="100"><col width="100"></colgroup>
    <thead><tr><th>Tjeneste</th><th class="num">I tide, %</th><th>Åtte kvartaler</th></tr></thead>
    <tbody>
      <tr class="group"><th scope="row" colspan="2">Kritiske tjenester</th><td></td></tr>
      <tr><th scope="row">Nett og samband</th><td class="num"><span class="status status-on-target">96</span></td>
        <td>{sparkline}</td></tr>
      <tr><th scope="row">E-post</th><td class="num"><span class="status status-good-enough">91</span></td>
        <td></td></tr>
      <tr class="group"><th scope="row" colspan="2">Andre tjenester</th><td></td></tr>
      <tr><th scope="row">Skole</th><td class="num"><span class="status status-on-target">95</span></td><td></td></tr>
      <tr class="sum"><th scope="row">Brukerstøtte</th><td class="num">84</td><td>{bullet}</td></tr>
    </tbody>
  </table>
</div>"""
SECOND_PAGE = """
<div class="page" id="last-page" {furniture}>
  <div id="explained"><h2>Slik er tallene regnet</h2></div>
  <p class="lede">Bare åpningstid teller, og en pause stopper klokka. Les mer hos
    <a href="https://example.org/regler">Regelverket</a>.</p>
  <h3>Brukerstøtte ligger stabilt under målet</h3>
  <p>{series}</p>
</div>"""
SHELL = '<!doctype html><html lang="nb"><head><title>{title}</title>{head}</head><body>{body}</body></html>'
LINKED = '<link rel="stylesheet" href="/print.css">'


def image(chart, words):
    return f'<img class="chart" src="{chart.data_url}" alt="{words}">'


def sample():
    shown = {
        "sparkline": image(
            charts.sparkline(sparkline([90.0, 94.0, 96.0]), medium=PRINT),
            "Andelen i tide for nett og samband gikk fra 90 til 96 prosent.",
        ),
        "bullet": image(
            charts.bullet_row(bullet(83.0), medium=PRINT), "Brukerstøtte har kommet tre firedeler av veien."
        ),
        "series": image(
            charts.time_series(series(STEADY, target=90, good_enough=85), medium=PRINT),
            "Brukerstøtte svinger mellom 83 og 86 prosent gjennom hele året.",
        ),
    }
    body = (FIRST_PAGE + SECOND_PAGE).format(furniture=FURNITURE, **shown)
    return SHELL.format(title="Styrerapport 3. kvartal 2026", head=LINKED, body=body)


def render(html, **changes):
    return pdf.render(html, **{"instant": FROZEN, "fonts": FONTS, "files": FILES} | changes)


@pytest.fixture(scope="module")
def document():
    return render(sample())


def test_the_checker_finds_no_error_and_no_warning(document, tmp_path):
    (tmp_path / "report.pdf").write_bytes(document)
    command = [OUTLOUD, "--fail-on", "warning", tmp_path / "report.pdf"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout.split(":")[1].split("[")[0].strip()) == (
        0,
        "0 error(s), 0 warning(s), 0 info",
    ), found.stdout


def test_the_same_page_and_instant_give_the_same_bytes(document):
    assert render(sample()) == document


def test_another_process_gives_the_same_bytes(document):
    script = "import sys; from tests.kit import test_pdf; sys.stdout.buffer.write(test_pdf.render(test_pdf.sample()))"
    command = [sys.executable, "-W", "error", "-c", script]
    other = subprocess.run(
        command, capture_output=True, cwd=ROOT, env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}, check=True
    )
    assert other.stdout == document


def test_another_instant_shows_in_the_file(document):
    assert render(sample(), instant=FROZEN + timedelta(days=1)) != document


def test_the_words_can_be_read_out(document):
    first, second = (page.get_text() for page in pymupdf.open(stream=document))
    assert "Tjenestene er stabile, men svarene kommer for sent" in first
    assert "DEMO – oppdiktede tall" in second
    assert "2/2" in second


def test_title_and_language_are_stated(document):
    with pikepdf.open(BytesIO(document)) as opened:
        assert (opened.docinfo.Title, opened.Root.Lang) == ("Styrerapport 3. kvartal 2026", "nb")


def test_a_link_says_where_it_leads_and_is_printed(document):
    with pikepdf.open(BytesIO(document)) as opened:
        links = [link for page in opened.pages for link in page.obj.get("/Annots", [])]
        assert [(str(link.Contents), int(link.F)) for link in links] == [
            ("Slik er tallene regnet", 4),
            ("Regelverket", 4),
        ]


def test_headers_say_whether_they_head_a_row_or_a_column(document):
    with pikepdf.open(BytesIO(document)) as opened:
        headers = [item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/TH"]
        scopes = sorted(str(header.A.Scope) for header in headers)
        assert scopes == ["/Column"] * 3 + ["/Row"] * 6


def test_the_stylesheet_holds_nothing_that_is_ignored(caplog):
    render(sample())
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_the_font_is_inter_and_nothing_else(document):
    fonts = {font[3].split("+")[-1] for page in pymupdf.open(stream=document) for font in page.get_fonts()}
    assert {name.split("-")[0] for name in fonts} == {"Inter"}


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<title>T</title>", "no language"),
        ('<html lang="nb">', "no <title>"),
        (SHELL.format(title="T", head="", body='<img src="data:,">'), "no alternative text"),
        (SHELL.format(title="T", head="", body='<a href="/sla/">x</a>'), "full address: /sla/"),
        (SHELL.format(title="T", head="", body='<a href="#nowhere">x</a>'), "nowhere"),
        (SHELL.format(title="T", head="", body='<img alt="A dot." src="data:image/svg+xml,broken">'), "load image"),
        (
            SHELL.format(title="T", head="", body='<img alt="A dot." src="https://example.org/x.png">'),
            "nothing else is",
        ),
        (SHELL.format(title="T", head="", body='<img alt="A dot." src="file:///etc/hostname">'), "nothing else is"),
        (SHELL.format(title="T", head="", body='<img alt="A dot." src="/images/../../x.svg">'), "nothing else is"),
    ],
    ids=["language", "title", "alt", "relative link", "dead link", "broken image", "network", "disk", "outside"],
)
def test_a_page_that_cannot_be_accessible_is_refused_with_a_sentence(html, sentence, tmp_path):
    with pytest.raises(pdf.PdfError, match=sentence):
        render(html, files={"/images/": tmp_path})


def test_a_figure_without_a_time_zone_is_refused():
    with pytest.raises(pdf.PdfError, match="time zone"):
        render(sample(), instant=datetime(2026, 10, 6, 6))  # noqa: DTZ001 - the point


def test_files_come_from_folders_bytes_and_text(tmp_path):
    dot = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'
    (tmp_path / "dot.svg").write_text(dot)
    images = "".join(f'<img alt="En prikk på siden." src="{name}">' for name in ("/in/dot.svg", "/a.svg", "/b.svg"))
    html = SHELL.format(title="T", head="", body=images)
    assert render(html, files={"/in/": tmp_path, "/a.svg": dot, "/b.svg": dot.encode()})[:5] == b"%PDF-"
