"""The catalogues in locale/: what code and templates say, in Norwegian. By Babel, as bare machines lack gettext.

script/messages                  brings the catalogues up to date and compiles them
script/messages --missing        prints the untranslated texts as JSON, ready to be filled in
script/messages --fill FILE      puts the translations of such a file into the catalogues
script/messages --check          tells what is stale, untranslated or has lost a placeholder
script/messages --compile        only compiles, as script/bootstrap does

The JSON is {"text": {"nb": "...", "nn": "..."}}; for a plural {"text": {"plural": "...", "nb": ["...", "..."], ...}};
a text with a context is written as gettext does: "context\\u0004text".
"""

import argparse
import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

from script.machine import Refusal, answer, locked, say
from script.project import ROOT

LANGUAGES = ("nb", "nn")
CONTEXT_MARK = "\x04"
NOT_OURS = {".venv", ".local", "node_modules", "staticfiles", "tests", "script", "migrations"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
CHANGING_HEADERS = re.compile(
    r'^"(POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To)'
)
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]\b|\{\w*\}")

type Entries = dict[str, dict[str, Any]]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choice = arguments.add_mutually_exclusive_group()
    for name in ("missing", "check", "compile"):
        choice.add_argument(f"--{name}", action="store_true")
    choice.add_argument("--fill", type=Path, metavar="FILE")
    chosen = arguments.parse_args()
    (ROOT / ".local").mkdir(exist_ok=True)
    with locked(ROOT / ".local" / "messages.lock"):
        if chosen.check:
            return check(ROOT)
        known = chosen.compile or bring_up_to_date(ROOT, chosen.fill)
        compile_all(ROOT)
        if chosen.missing:
            print(json.dumps(missing(ROOT), ensure_ascii=False, indent=2))
    return 0 if known else 1


def bring_up_to_date(root: Path, translations: Path | None) -> bool:
    """Whether the sources know every text of the translations; those they do not are named."""
    unknown = update(root, json.loads(translations.read_text(encoding="utf-8")) if translations else {})
    for key in unknown:
        say(f"No code and no template says {key!r}.")
    return not unknown


def update(root: Path, filled_in: Entries | None = None) -> list[str]:
    """Rewrites the catalogues from the sources and the translations given; returns keys that no source has."""
    template, entries = extracted(root), filled_in or {}
    for language in LANGUAGES:
        catalogue = updated(root, language, template)
        fill(catalogue, language, entries)
        file = catalogue_file(root, language)
        file.parent.mkdir(parents=True, exist_ok=True)
        replace(file, po_text(catalogue))
    return [key for key in entries if _found(template, key) is None]


def extracted(root: Path) -> Catalog:
    """Every text of the code and the templates, without the places it stands in, so that diffs stay small."""
    template = Catalog(domain="django", charset="utf-8")
    for source in sources(root):
        try:
            for _line, said, _comments, context in extract("python", python_of(source), keywords=KEYWORDS):
                template.add(said, context=context)
        except (SyntaxError, tokenize.TokenError) as error:
            raise Refusal(f"{source.relative_to(root)} cannot be read: {error}") from error
    return template


def sources(root: Path) -> Iterator[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        for file in sorted(root.rglob(pattern)):
            place = file.relative_to(root)
            if NOT_OURS.isdisjoint(place.parts) and (pattern == "*.py" or "templates" in place.parts):
                yield file


def python_of(source: Path) -> io.BytesIO:
    """The source as Python: itself, or a template's texts as calls, in a bracket that makes indentation meaningless."""
    text = source.read_text(encoding="utf-8")
    return io.BytesIO((text if source.suffix == ".py" else f"(\n{templatize(text)}\n)").encode())


def catalogue_file(root: Path, language: str) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def on_disk(root: Path, language: str) -> Catalog:
    file = catalogue_file(root, language)
    if not file.exists():
        return Catalog(locale=language, domain="django", charset="utf-8")
    with file.open("rb") as handle:
        return read_po(handle, locale=language, domain="django", charset="utf-8")


def updated(root: Path, language: str, template: Catalog) -> Catalog:
    """The catalogue with exactly the template's texts, and what it knew of them. Babel takes over what it is given."""
    catalogue = on_disk(root, language)
    catalogue.update(deepcopy(template), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.fuzzy = False
    catalogue.header_comment = "# Texts of Fellesgrep; kept by script/messages."
    catalogue.project, catalogue.version = "Fellesgrep", "1"
    return catalogue


def fill(catalogue: Catalog, language: str, entries: Entries) -> None:
    for key, entry in entries.items():
        message, translation = _found(catalogue, key), entry.get(language)
        if message is not None and translation:
            message.string = tuple(translation) if message.pluralizable else translation
            message.flags.discard("fuzzy")


def _found(catalogue: Catalog, key: str) -> Message | None:
    context, _, text = key.rpartition(CONTEXT_MARK)
    return catalogue.get(text, context or None)


def po_text(catalogue: Catalog) -> bytes:
    """The catalogue as a file that changes only when its texts do."""
    written = io.BytesIO()
    write_po(written, catalogue, no_location=True, sort_output=True, ignore_obsolete=True, width=120)
    lines = written.getvalue().decode().splitlines(keepends=True)
    return "".join(line for line in lines if not CHANGING_HEADERS.match(line)).encode()


def missing(root: Path) -> Entries:
    """The texts without a translation, as `--fill` takes them."""
    entries: Entries = {}
    for language in LANGUAGES:
        for message in texts(on_disk(root, language)):
            if not is_translated(message):
                entry = entries.setdefault(key_of(message), {"plural": message.id[1]} if message.pluralizable else {})
                entry[language] = ["", ""] if message.pluralizable else ""
    return entries


def texts(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def key_of(message: Message) -> str:
    text = forms(message.id)[0]
    return f"{message.context}{CONTEXT_MARK}{text}" if message.context else text


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def is_translated(message: Message) -> bool:
    return not message.fuzzy and all(forms(message.string))


def check(root: Path) -> int:
    """Says every fault on standard error."""
    faults = [fault for language in LANGUAGES for fault in faults_of(root, language)]
    for fault in faults:
        say(fault)
    return 1 if faults else 0


def faults_of(root: Path, language: str) -> Iterator[str]:
    file, catalogue = catalogue_file(root, language), updated(root, language, extracted(root))
    if not file.exists() or file.read_bytes() != po_text(catalogue):
        yield f"{language}: the catalogue is stale; run script/messages."
    for message in sorted(texts(catalogue), key=key_of):
        if not is_translated(message):
            yield f"{language}: {key_of(message)!r} is not translated."
        elif not keeps_placeholders(message):
            yield f"{language}: {key_of(message)!r} and its translation have different placeholders."


def keeps_placeholders(message: Message) -> bool:
    """Whether each form has the original's placeholders; of several forms, the one for one thing may leave some out."""
    original = placeholders(forms(message.id)[-1])
    *singular, last = [placeholders(text) for text in forms(message.string)]
    return last == original and all(set(form) <= set(original) for form in singular)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def compile_all(root: Path) -> None:
    """Writes the .mo beside each .po; fuzzy entries are left out."""
    for language in LANGUAGES:
        file = catalogue_file(root, language)
        if file.exists():
            compiled = io.BytesIO()
            write_mo(compiled, on_disk(root, language))
            replace(file.with_suffix(".mo"), compiled.getvalue())


def replace(file: Path, content: bytes) -> None:
    """Puts the new file in the old one's place in one step, as others may be reading it."""
    if file.suffix == ".po" and file.exists() and file.read_bytes() == content:
        return
    draft = file.with_name(f"{file.name}.part")
    draft.write_bytes(content)
    draft.replace(file)


if __name__ == "__main__":
    answer(main)
