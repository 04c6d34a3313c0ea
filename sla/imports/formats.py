"""The exports we can read, told apart by their header."""

import re
from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from sla.imports.columns import REQUIRED
from sla.imports.layout import Layout
from sla.imports.reading import COMMA, MOST_COLUMNS, Refused, Rows
from sla.imports.servicenow import SERVICENOW
from sla.imports.workbook import Sheet

VALUE = re.compile(r"[0-9][0-9 .,:/TZ+-]*")
"""A number or an instant."""

FORMATS = {one.key: one for one in (SERVICENOW,)}


def detect(rows: Rows | Sheet) -> Layout | None:
    """The format whose columns the header holds, each of them once; None for a list with columns of its own.

    Refused for a header that is nearly that of a format, and for what is no header at all.
    """
    header = rows.header if rows.delimiter == COMMA else []
    layout = next((one for one in FORMATS.values() if one.fits(header)), None)
    if layout is None:
        _refuse_what_is_no_list(rows.header)
        return None
    if twice := [name for name, times in Counter(header).items() if times > 1]:
        raise Refused(_("The header in line 1 has the column %(column)s twice.") % {"column": twice[0]})
    return layout


def _refuse_what_is_no_list(header: Sequence[str]) -> None:
    """An export of a row per update would be read as a row per incident."""
    for layout in FORMATS.values():
        if len(set(layout.columns) & set(header)) > len(layout.columns) // 2:
            raise Refused(wrong_header(layout, header))
    if len(header) < len(REQUIRED):
        words = _("The header in line 1 is not that of an export from %(name)s. It is too short for another list.")
        raise Refused(words % {"name": SERVICENOW.name})
    if len(header) > MOST_COLUMNS:
        raise Refused(_("The header in line 1 has more than %(most)s columns.") % {"most": MOST_COLUMNS})
    if value := next((cell for cell in header if VALUE.fullmatch(cell.strip())), None):
        words = _("The header in line 1 is not that of an export: “%(value)s” is a value, and no name of a column.")
        raise Refused(words % {"value": value})


def wrong_header(layout: Layout, header: Sequence[str]) -> str:
    missing = [name for name in layout.columns if name not in header] or list(layout.columns)
    return _("The header in line 1 is not that of an export from %(name)s. It lacks: %(columns)s.") % {
        "name": layout.name,
        "columns": ", ".join(missing),
    }


def name_of(source: str) -> str:
    """What the service desk is called."""
    return FORMATS[source].name if source in FORMATS else source
