"""Norwegian alphabetical order (… x y z æ ø å, aa as å) on every PostgreSQL we run on, with or without ICU."""

from django.db.models import Func, TextField

AFTER_Z = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"}
WITHOUT_ACCENT = dict(zip("áčđŋšŧžéèêüñ", "acdnstzeeeun", strict=True))
FOLDED = AFTER_Z | WITHOUT_ACCENT


class NorwegianKey(Func):
    """A text that sorts bytewise as its argument sorts in Norwegian. For a stored generated column.

    Sámi letters fall in with their base letters, as in the national register of place names.
    """

    template = (
        "translate(replace(lower((%(expressions)s) COLLATE pg_unicode_fast), 'aa', 'å'), "
        f"'{''.join(FOLDED)}', '{''.join(FOLDED.values())}')"
    )
    output_field = TextField(db_collation="C")
