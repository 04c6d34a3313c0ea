import json

import pytest
from django.core.management import CommandError, call_command

from sla.models import Availability, Outage, OutageReach
from tests import make
from tests.make import oslo
from tests.sla.uptime import FILE_HEADER, HEADER, Clerk

WINTER = {day: [["08:00", "15:45"]] for day in ("mon", "tue", "wed", "thu", "fri")}
ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


@pytest.fixture
def clerk(db, tmp_path, capsys):
    make.organisation("4203")
    return Clerk(tmp_path, capsys)


def test_no_outage_is_a_hundred_and_a_month_without_a_promise_has_no_row(clerk):
    clerk.promise("2026-03-15", weekly=ALWAYS, holidays=[])

    assert clerk.exported("2026-02", "2026-04") == [
        "4203,EPOST,2026-03,1465200,0,0,100.00",  # from the 15th, the night to summer time an hour short
        "4203,EPOST,2026-04,2592000,0,0,100.00",
    ]


def test_the_vectors_of_agreed_time_hold(clerk):
    clerk.promise("2026-01-01", weekly=ALWAYS, holidays=[])

    agreed = {line.split(",")[2]: int(line.split(",")[3]) // 3600 for line in clerk.exported("2026-03", "2026-10")}
    assert (agreed["2026-03"], agreed["2026-10"]) == (743, 745)


def test_overlaps_are_one_and_planned_time_wins_and_leaves_the_denominator(clerk):
    clerk.promise("2026-01-01")
    clerk.import_(
        "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,2026-04-07T10:00:00+02:00,,unplanned,",
        "a,2,EPOST,4203,2026-04-07T09:00:00+02:00,2026-04-07T11:00:00+02:00,0.5,unplanned,",
        "b,1,EPOST,,2026-04-07T10:30:00+02:00,2026-04-07T18:00:00+02:00,,planned,",
    )
    hours = 19 * 7.75  # weekdays of April without Easter's three
    agreed = int(hours * 3600)
    planned, down = int(5.25 * 3600), int(2.5 * 3600)

    (line,) = clerk.exported("2026-04", "2026-04")

    up = (agreed - planned - down) * 10_000 // (agreed - planned) / 100
    assert line == f"4203,EPOST,2026-04,{agreed},{planned},{down},{up:.2f}"
    kept = Availability.objects.get(month="2026-04-01")
    assert (kept.agreed_seconds, kept.planned_seconds, kept.down_seconds) == (agreed, planned, down)
    assert kept.weighted_microseconds == (2 * 3600 + 1800 // 2) * 1_000_000


def test_percent_are_floored(clerk):
    clerk.promise("2026-04-01", weekly=ALWAYS, holidays=[])
    down = round(2592000 * 0.00504)
    minutes, seconds = divmod(down, 60)
    clerk.import_(
        f"a,1,EPOST,4203,2026-04-07T00:00:00+02:00,2026-04-07T{minutes // 60:02}:{minutes % 60:02}:{seconds:02}+02:00"
        ",,unplanned,"
    )

    assert clerk.exported("2026-04", "2026-04")[0].endswith(f",{down},99.49")  # 99.496 is not 99.50


@pytest.mark.parametrize(
    ("notified", "counts_as"),
    [
        ("", "planned"),
        ("2026-04-10T08:00:00+02:00", "planned"),
        ("2026-04-11T08:00:00+02:00", "planned"),
        ("2026-04-11T08:00:01+02:00", "down"),
        ("2026-04-15T08:00:00+02:00", "down"),
    ],
)
def test_planned_work_that_was_notified_too_late_is_downtime(clerk, notified, counts_as):
    clerk.promise("2026-04-01", availability={"wanted": 0.99, "notice_days": 3})
    clerk.import_(f"a,1,EPOST,4203,2026-04-14T08:00:00+02:00,2026-04-14T09:00:00+02:00,,planned,{notified}")

    columns = clerk.exported("2026-04", "2026-04")[0].split(",")

    assert {"planned": columns[4], "down": columns[5]} == {"planned": "0", "down": "0"} | {counts_as: "3600"}


def test_a_month_wholly_planned_away_is_not_measured(clerk):
    clerk.promise("2026-04-01")
    clerk.import_("a,1,EPOST,4203,2026-03-31T00:00:00+02:00,2026-05-01T00:00:00+02:00,,planned,")

    assert clerk.exported("2026-04", "2026-04") == []
    assert not Availability.objects.filter(month="2026-04-01").exists()


def test_work_outside_opening_hours_changes_nothing(clerk):
    clerk.promise("2026-04-01")
    clerk.import_(
        "a,1,EPOST,4203,2026-04-11T00:00:00+02:00,2026-04-12T00:00:00+02:00,,planned,",
        "a,2,EPOST,4203,2026-04-07T16:00:00+02:00,2026-04-07T23:00:00+02:00,,unplanned,",
    )

    assert clerk.exported("2026-04", "2026-04")[0].split(",")[4:] == ["0", "0", "100.00"]
    assert Availability.objects.get(month="2026-04-01").wall_down_seconds == 7 * 3600


def test_two_versions_in_one_month_are_one_row_each_by_its_own_hours(clerk):
    clerk.promise("2026-04-01", weekly=ALWAYS, holidays=[])
    clerk.promise("2026-04-16")
    clerk.import_("a,1,EPOST,4203,2026-04-15T22:00:00+02:00,2026-04-16T09:00:00+02:00,,unplanned,")

    agreed = 15 * 24 * 3600 + 11 * 27900
    (line,) = clerk.exported("2026-04", "2026-04")
    assert line.split(",")[3:6] == [str(agreed), "0", str(2 * 3600 + 3600)]


def test_the_same_file_again_changes_nothing_and_a_corrected_one_what_it_says(clerk):
    clerk.promise("2026-04-01")
    row = "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,{},,unplanned,"
    first = clerk.import_(row.format(""))
    ended = clerk.import_(row.format("2026-04-07T09:00:00+02:00"))
    again = clerk.import_(row.format("2026-04-07T09:00:00+02:00"))

    assert first == "outages.csv: 1 nye, 0 endret, 0 uendret.\n"
    assert ended == "outages.csv: 0 nye, 1 endret, 0 uendret.\n"
    assert again == "outages.csv: 0 nye, 0 endret, 1 uendret.\n"
    assert Outage.objects.count() == OutageReach.objects.count() == 1
    assert Availability.objects.get(month="2026-04-01").down_seconds == 3600
    assert set(Availability.objects.exclude(month="2026-04-01").values_list("down_seconds", flat=True)) == {0}


def test_rows_of_one_outage_name_each_whom_it_hit(clerk):
    make.organisation("4202")
    clerk.promise("2026-04-01", municipality={"a": "4203", "b": "4202"})
    clerk.import_(
        "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,2026-04-07T09:00:00+02:00,0.25,unplanned,",
        "a,1,EPOST,4202,2026-04-07T08:00:00+02:00,2026-04-07T09:00:00+02:00,,unplanned,",
    )

    assert Outage.objects.count() == 1
    assert [line.split(",")[5] for line in clerk.exported("2026-04", "2026-04")] == ["3600", "3600"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,1,POST,4203,2026-04-07T08:00:00+02:00,,,unplanned,", "Ingen tjeneste har koden «POST»."),
        (
            "a,1,EPOST,9999,2026-04-07T08:00:00+02:00,,,unplanned,",
            "Ingen kommune eller organisasjon her har nummeret «9999».",
        ),
        ("a,1,EPOST,4203,,,,unplanned,", "start er tom."),
        (
            "a,1,EPOST,4203,2026-04-07T08:00:00,,,unplanned,",
            "start: «2026-04-07T08:00:00» er ikke et tidspunkt med tidssone, som 2026-04-01T08:00:00+02:00.",
        ),
        (
            "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,2026-04-07T07:00:00+02:00,,unplanned,",
            "Nedetiden slutter før den begynner.",
        ),
        (
            "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,,1.1,unplanned,",
            "affected_share: «1.1» er ingen andel fra 0 til 1.",
        ),
        (
            "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,,NaN,unplanned,",
            "affected_share: «NaN» er ingen andel fra 0 til 1.",
        ),
        ("a,1,EPOST,4203,2026-04-07T08:00:00+02:00,,,down,", "kind: «down» er verken unplanned eller planned."),
        (
            "fellesgrep,1,EPOST,4203,2026-04-07T08:00:00+02:00,,,unplanned,",
            "source: «fellesgrep» er navnet på det som registreres her. Gi det andre systemet et eget navn.",
        ),
        (
            "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,9999-12-31T23:59:59+01:00,,unplanned,",
            "end: «9999-12-31T23:59:59+01:00» er før år 1800 eller etter 2999.",
        ),
        (
            "a,1,EPOST,4203,0026-04-07T08:00:00+02:00,,,unplanned,",
            "start: «0026-04-07T08:00:00+02:00» er før år 1800 eller etter 2999.",
        ),
        (
            "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,2998-12-31T23:59:59+01:00,,unplanned,",
            "end: Dette er ikke kommet ennå.",
        ),
        ("a,,EPOST,4203,2026-04-07T08:00:00+02:00,,,unplanned,", "external_id er tom."),
    ],
)
def test_a_bad_row_is_told_with_its_line_and_nothing_is_saved(clerk, row, reason):
    clerk.promise("2026-04-01")

    with pytest.raises(CommandError) as refusal:
        clerk.import_("a,0,EPOST,4203,2026-04-07T08:00:00+02:00,,,unplanned,", row)

    assert str(refusal.value).splitlines() == [f"{clerk.path}: ingenting er lagret.", f"Linje 3: {reason}"]
    assert not Outage.objects.exists()


def test_owners_may_meet_one_outage_at_different_times(clerk):
    make.organisation("4202")
    clerk.promise("2026-04-01", municipality={"a": "4203", "b": "4202"})

    told = clerk.import_(
        "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,2026-04-07T09:00:00+02:00,,unplanned,",
        "a,1,EPOST,4202,2026-04-07T08:00:00+02:00,2026-04-07T10:00:00+02:00,,unplanned,",
    )

    assert told == "outages.csv: 2 nye, 0 endret, 0 uendret.\n"
    assert [line.split(",")[5] for line in clerk.exported("2026-04", "2026-04")] == ["7200", "3600"]


def test_a_file_leaves_alone_whom_it_does_not_name(clerk):
    make.organisation("4202")
    clerk.promise("2026-04-01", municipality={"a": "4203", "b": "4202"})
    clerk.import_(
        "a,1,EPOST,4203,2026-04-07T08:00:00+02:00,,,unplanned,", "a,1,EPOST,4202,2026-04-07T08:00:00+02:00,,,unplanned,"
    )

    clerk.import_("a,1,EPOST,4203,2026-04-07T08:00:00+02:00,2026-04-07T09:00:00+02:00,,unplanned,")
    told = clerk.import_("a,1,EPOST,4202,2026-04-07T08:00:00+02:00,2026-04-07T09:00:00+02:00,,unplanned,")

    assert told == "outages.csv: 0 nye, 2 endret, 0 uendret.\n"
    outage = Outage.objects.get()
    assert {hit.organisation.municipality_id for hit in outage.reach.all()} == {"4202", "4203"}
    assert outage.ended == oslo(2026, 4, 7, 9, 0)


def test_a_title_that_a_file_does_not_tell_stays(clerk):
    clerk.promise("2026-04-01")
    clerk.path.write_text(
        f"{FILE_HEADER},title\na,1,EPOST,4203,2026-04-07T08:00:00+02:00,2026-04-07T09:00:00+02:00,,unplanned,,Nede\n"
    )
    call_command("import_outages", str(clerk.path))

    clerk.import_("a,1,EPOST,4203,2026-04-07T08:00:00+02:00,2026-04-07T10:00:00+02:00,,unplanned,")

    assert Outage.objects.get().title == "Nede"


@pytest.mark.parametrize(
    ("availability", "sentence"),
    [
        (2, "availability: «2» er ingen andel fra 0 til 1 med høyst seks desimaler."),
        ({"wanted": 0.9, "good_enough": 0.95}, "availability: good_enough: 0.95 er mer enn målet, 0.9."),
        ({"notice_days": -1}, "availability: notice_days: «-1» er ikke et helt antall dager fra 0 til 365."),
        ({"share": 1}, "availability: «share» er ukjent; skriv wanted, good_enough og notice_days."),
    ],
)
def test_a_bad_promise_of_availability_is_refused(clerk, availability, sentence):
    with pytest.raises(CommandError) as refusal:
        clerk.promise("2026-04-01", availability=availability)

    assert str(refusal.value).endswith(sentence)


def test_the_header_and_an_empty_export(clerk, capsys):
    call_command("export_availability", "--from", "2026-01", "--to", "2026-02")
    assert capsys.readouterr().out == f"{HEADER}\n"
    with pytest.raises(CommandError):
        call_command("export_availability", "--from", "2026-02", "--to", "2026-01")


def test_json_of_the_file_may_promise_nothing_but_availability(clerk):
    clerk.promise("2026-04-01", targets=..., availability=0.995)

    assert json.loads((clerk.folder / "cfg.json").read_text())["availability"] == 0.995
    assert clerk.exported("2026-04", "2026-04")[0].endswith(",100.00")
