"""Someone who promises availability, imports outages and reads the export, as an operator does on the command line."""

import json
from typing import Any

from django.core.management import call_command

HEADER = "municipality,service,month,agreed_seconds,planned_seconds,down_seconds,availability"
FILE_HEADER = "source,external_id,service,municipality,start,end,affected_share,kind,notified_at"
WINTER = {day: [["08:00", "15:45"]] for day in ("mon", "tue", "wed", "thu", "fri")}


class Clerk:
    def __init__(self, folder: Any, capsys: Any) -> None:
        self.folder, self.capsys, self.path = folder, capsys, folder / "outages.csv"

    def promise(self, first_day: str, **changes: Any) -> None:
        config = {
            "weekly": WINTER,
            "targets": {"3": {"response": 60}},
            "availability": 0.995,
            "municipality": {"*": "4203"},
            "service": {"*": "EPOST"},
        } | changes
        path = self.folder / "cfg.json"
        path.write_text(json.dumps({key: value for key, value in config.items() if value is not ...}))
        call_command("load_agreement", str(path), "--from", first_day)
        self.capsys.readouterr()

    def import_(self, *rows: str) -> str:
        self.path.write_text("\n".join([FILE_HEADER, *rows, ""]))
        call_command("import_outages", str(self.path))
        return self.capsys.readouterr().out

    def exported(self, first: str, last: str) -> list[str]:
        call_command("export_availability", "--from", first, "--to", last)
        header, *lines = self.capsys.readouterr().out.splitlines()
        assert header == HEADER
        return lines
