"""A list of incidents as a service desk of its own might write it."""

from io import BytesIO

from sla.actions.imports import choose_columns, read_file
from sla.models import Import

LIST = """Saksnr;Meldt;Prioritet;Kommune;Tjeneste;Tittel;Løst;Omfang
A-1;01.04.2026 08:00;P2;Arendal;E-post;Får ikke sendt;01.04.2026 12:30;alle
A-2;2026-04-02T08:00:00+02:00;høy;Grimstad;E-post;Tregt;;3
A-3;2026-04-02 09:00;kanskje;Arendal;E-post;Uten prioritet;;
A-4;tirsdag;2;Arendal;E-post;Uten tid;;
A-5;02.04.2026 10:00;3;Arendal;E-post;Løst for tidlig;01.04.2026 10:00;
A-6;29.03.2026 02:30;4;Arendal;E-post;I timen som ikke er;;
A-1;01.04.2026 08:00;1;Arendal;E-post;Får ikke sendt;01.04.2026 12:45;alle
;02.04.2026 10:00;3;Arendal;E-post;Uten nummer;;
"""
COLUMNS = {
    "number": 0, "opened": 1, "priority": 2, "location": 3, "category": 4, "title": 5, "resolved": 6, "impact": 7,
}  # fmt: skip
NAMED = {"number": "Saksnr", "opened": "Meldt", "priority": "Prioritet", "location": "Kommune", "category": "Tjeneste"}
MAPPING = '{"municipality": {"Arendal": "4203", "*": "4202"}, "service": {"*": "EPOST"}}'


def read(content: str | bytes = LIST, name: str = "saker.csv") -> Import:
    raw = content.encode() if isinstance(content, str) else content
    return read_file(file=BytesIO(raw), name=name, size=len(raw), by=None)


def chosen(content: str | bytes = LIST, columns=COLUMNS) -> Import:
    return choose_columns(one=read(content), source="pureservice", columns=columns, by=None)
