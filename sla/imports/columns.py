"""A list of incidents with columns of its own: one row an incident, and a person says which column is what.

Instants are ISO 8601, with an offset or without, or day-month-year with dots, lines or strokes. A priority begins with
a digit, after a P or not, or is one of the usual words; an impact is a digit or a word, or both. What the list has no
column for stays as it is.
"""

from collections.abc import Mapping, Sequence

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_lazy as _

from sla.imports.layout import MISSING
from sla.imports.moments import SETTINGS, clean, moments, these
from sla.models.incidents import Impact

LABELS = {
    "number": _("Number"),
    "opened": _("Reported"),
    "priority": _("Priority"),
    "location": _("Municipality or location"),
    "category": _("Service or category"),
    "title": _("Title of the incident"),
    "state": _("State"),
    "responded": _("Answered"),
    "resolved": _("Solved"),
    "closed": _("Closed"),
    "impact": _("Impact"),
}
"""What an incident has of a list, as a person knows it."""
REQUIRED = ("number", "opened", "priority")
INSTANTS = ("opened", "responded", "resolved", "closed")
HAS_BEEN = ("opened", "responded", "resolved")
"""What starts and stops clocks, and so cannot be later than now."""
USUAL = {
    "number": ("number", "nummer", "saksnummer", "saksnr", "id", "key", "ticket", "sak"),
    "opened": ("opened", "opened_at", "created", "opprettet", "meldt", "registrert", "innmeldt", "oppretta"),
    "priority": ("priority", "prioritet", "pri"),
    "location": (
        "municipality",
        "kommune",
        "location",
        "lokasjon",
        "organisation",
        "organisasjon",
        "kunde",
        "customer",
    ),
    "category": ("service", "tjeneste", "teneste", "category", "kategori"),
    "title": ("title", "tittel", "subject", "emne", "summary", "short_description", "beskrivelse"),
    "state": ("state", "status", "tilstand"),
    "responded": ("responded", "first_response", "besvart", "første svar", "svart"),
    "resolved": ("resolved", "resolved_at", "løst", "løyst", "solved"),
    "closed": ("closed", "closed_at", "lukket", "lukka", "avsluttet"),
    "impact": ("impact", "omfang", "påvirkning"),
}
"""What columns are usually called, so that the form begins with a guess."""

CLOCK = r"([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,9})?)?"
ISO_DAY = r"(19|2[01])[0-9]{2}-[0-9]{2}-[0-9]{2}"
DAY_FIRST = r"[0-9]{1,2}[./-][0-9]{1,2}[./-](19|2[01])[0-9]{2}"
LOCAL = f"^({ISO_DAY}[T ]|{DAY_FIRST},? ){CLOCK}$"
ABSOLUTE = f"^{ISO_DAY}[T ]{CLOCK} ?(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)$"
LONGEST = {"number": 80, "state": 40, "location": 200, "category": 200, "title": 200}

WORDS_OF_PRIORITY = {
    "1": ("kritisk", "critical", "svært høy", "highest", "urgent"),
    "2": ("høy", "high", "alvorlig", "major"),
    "3": ("middels", "medium", "normal", "moderate"),
    "4": ("lav", "låg", "low", "minor"),
    "5": ("svært lav", "svært låg", "lowest", "planning", "planlegging"),
}
WORDS_OF_IMPACT = {
    Impact.EVERYONE: ("alle", "everyone", "extensive", "widespread"),
    Impact.ORGANISATION: ("kommune", "hele kommunen", "virksomhet", "organisation", "significant"),
    Impact.UNIT: ("enhet", "eining", "avdeling", "unit", "department", "moderate"),
    Impact.USER: ("bruker", "én bruker", "brukar", "user", "one user", "minor"),
}


def guess(header: Sequence[str]) -> dict[str, int]:
    """The place in the header of what is called as usual."""
    names = [name.strip().lower() for name in header]
    found = {what: next((names.index(one) for one in usual if one in names), None) for what, usual in USUAL.items()}
    return {what: place for what, place in found.items() if place is not None}


def read_twice(columns: Mapping[str, int]) -> list[str]:
    """What is read from a column that is something else too."""
    places = list(columns.values())
    return [name for name, place in columns.items() if places.count(place) > 1]


def _word(text: str, words: Mapping[object, Sequence[str]], digit: str) -> str:
    """One of the words, or the digit; null for anything else."""
    known = " ".join(
        f"when lower({text}) in ({', '.join(f"'{word}'" for word in many)}) then '{int(str(value))}'"
        for value, many in words.items()
    )
    return f"case {known} else substring({text} from '{digit}') end"


PRIORITY = _word(clean("priority"), WORDS_OF_PRIORITY, "^[Pp]?([1-9])($|[^0-9])")
# «2 - Medium» is of a scale of three, and no whole organisation: what stands after a digit must be one of the words.
IMPACT = _word(f"regexp_replace({clean('impact')}, '^[1-4] *[-–.:] *', '')", WORDS_OF_IMPACT, "^([1-4])$")


UNREADABLE = {
    "number": f"length(btrim(number)) > {LONGEST['number']} or {clean('number')} is null",
    "opened": f"{clean('opened')} is null or opened_at.is_unreadable",
    "responded": "responded_at.is_unreadable",
    "resolved": "resolved_at.is_unreadable",
    "closed": "closed_at.is_unreadable",
    "priority": f"{PRIORITY} is null",
    "impact": f"{clean('impact')} is not null and {IMPACT} is null",
}
NONEXISTENT = {name: f"{name}_at.is_nonexistent" for name in INSTANTS}
NOT_YET = {name: f"{name}_at.instant > now()" for name in HAS_BEEN}
EVENTS = f"""
create unlogged table events as
select line, coalesce(left({clean("number")}, {LONGEST["number"]}), '') as number,
       coalesce(left({clean("location")}, {LONGEST["location"]}), '{MISSING}') as location,
       coalesce(left({clean("category")}, {LONGEST["category"]}), '{MISSING}') as category,
       coalesce(left(btrim(title), {LONGEST["title"]}), '') as title,
       coalesce(left({clean("state")}, {LONGEST["state"]}), '') as state,
       {PRIORITY} as priority,
       {IMPACT}::smallint as impact,
       opened_at.instant as opened, responded_at.instant as responded, resolved_at.instant as resolved,
       closed_at.instant as closed, {these(UNREADABLE)} as faults, {these(NONEXISTENT)} as shifted,
       {these(NOT_YET)} as ahead
from rows
{"".join(f"left join moments {name}_at on {name}_at.text = rows.{name} " for name in INSTANTS)}
"""  # noqa: S608 - made of this file's own words, as all SQL here


def _given(columns: str, kind: str) -> str:
    """Problems of this kind, one for each of these columns of a row, with what the file says there."""
    return f"""
    select line, events.number, '{kind}', "column", coalesce(to_jsonb(rows) ->> "column", '')
    from (select line, number, unnest({columns}) as "column" from events) as events join rows using (line)"""  # noqa: S608


KIND = f"""case when value = '' and "column" <> 'impact' then 'missing' when "column" in {INSTANTS} then 'moment'
             when "column" = 'priority' then 'rank' else 'unreadable' end"""
PROBLEMS = f"""
create unlogged table problems as
select line, number, kind, "column", value from (
    select line, events.number, {KIND} as kind, "column", value
    from (select line, number, unnest(faults) as "column" from events) as events
        join rows using (line) cross join lateral (
            select coalesce({clean('to_jsonb(rows) ->> "column"')}, '') as value
        ) as given
    union all {_given("shifted", "shifted")}
    union all {_given("ahead", "future")}
    union all
    select line, number, 'backwards', 'resolved', to_char(resolved at time zone 'Europe/Oslo', 'DD.MM.YYYY HH24:MI')
    from events where resolved < opened
    union all
    select line, number, 'repeated', 'number', number
    from (select line, number, lead(line) over (partition by number order by line) as later from events) as twice
    where later is not null and number <> ''
) as found
"""  # noqa: S608
INCIDENTS = """
create unlogged table incidents as
select distinct on (number) number, line, location, category, title, state, priority, impact, opened, responded,
       resolved, closed
from events order by number, line desc
"""
LEAVE_OUT = """
delete from incidents using problems
where incidents.line = problems.line and problems.kind not in ('shifted', 'repeated')
"""
# Closed is not solved, and no deadline is held by it.
UNSOLVED = """
insert into problems
select line, number, 'unsolved', 'resolved', coalesce(nullif(state, ''), %s) from incidents
where resolved is null and closed is not null
"""
NO_PAUSES = "create unlogged table pauses (number text, started timestamptz, ended timestamptz, reason text)"
STATEMENTS = (
    moments(INSTANTS, local=LOCAL, absolute=ABSOLUTE),
    "analyze moments",
    EVENTS,
    PROBLEMS,
    INCIDENTS,
    LEAVE_OUT,
    "alter table incidents add primary key (number)",
    "analyze incidents",
    NO_PAUSES,
)


def derive(cursor: CursorWrapper, columns: Mapping[str, int], names: Mapping[str, str]) -> None:
    """Makes `incidents`, `pauses` (none) and `problems` out of `given` (line, cells); `columns` are places from 0, and
    `names` what the file calls them.
    """
    cells = (f"cells[{columns[name] + 1}]" if name in columns else "null::text" for name in LABELS)
    named = ", ".join(f"{cell} as {name}" for cell, name in zip(cells, LABELS, strict=True))
    cursor.execute(SETTINGS)
    cursor.execute(f"create unlogged table rows as select line, {named} from given")  # noqa: S608 - numbers and our names
    cursor.execute("alter table rows add primary key (line)")
    for statement in STATEMENTS:
        cursor.execute(statement)
    if "resolved" in columns:
        cursor.execute(UNSOLVED, [names.get("closed", "")])
