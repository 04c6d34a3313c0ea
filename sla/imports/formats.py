"""The exports we can read, told apart by their header."""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext as _

from sla.imports.layout import Layout
from sla.imports.reading import Refused
from sla.imports.servicenow import SERVICENOW

FORMATS = {one.key: one for one in (SERVICENOW,)}


def detect(header: Sequence[str]) -> Layout:
    """The format whose columns the header holds, each of them once."""
    layout = next((one for one in FORMATS.values() if one.fits(header)), None)
    if layout is None:
        raise Refused(_wrong_header(header))
    if twice := [name for name, times in Counter(header).items() if times > 1]:
        raise Refused(_("The header in line 1 has the column %(column)s twice.") % {"column": twice[0]})
    return layout


def _wrong_header(header: Sequence[str]) -> str:
    nearest = max(FORMATS.values(), key=lambda one: len(set(one.columns) & set(header)))
    missing = [name for name in nearest.columns if name not in header]
    return _("The header in line 1 is not that of an export from %(name)s. It lacks: %(columns)s.") % {
        "name": nearest.name,
        "columns": ", ".join(missing),
    }
