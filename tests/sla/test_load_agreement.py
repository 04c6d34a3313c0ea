from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from partnership.models import Organisation
from services.models import CalendarVersion, Service, ServiceCalendar
from sla.models import AgreementVersion, Clock, Coverage, Incident, ServiceAgreement, Target
from tests import make
from tests.make import oslo
from tests.sla.loading import CONFIG


def periods() -> list[tuple]:
    versions = AgreementVersion.objects.order_by("period")
    return [(version.number, version.first_day, version.last_day) for version in versions]


def test_it_makes_what_is_missing_and_covers_all_that_is_named(load):
    known = make.organisation("4203")

    out = load("2016-01-01")

    assert out.count("\n") == 1
    assert set(Organisation.objects.values_list("municipality", flat=True)) == {"4203", "4204"}
    assert Organisation.objects.get(municipality="4203") == known
    assert set(Service.objects.values_list("code", "name_nb")) == {("EPOST", "EPOST"), ("BRUKER", "BRUKER")}
    covered = Coverage.objects.values_list("service__code", "organisation__municipality")
    assert set(covered) == {(code, number) for code in ("EPOST", "BRUKER") for number in ("4203", "4204")}
    assert periods() == [(1, date(2016, 1, 1), None)]


def test_targets_say_what_the_file_says(load):
    load("2016-01-01")

    fields = ("priority", "metric", "minutes", "wanted", "good_enough", "pauses")
    high, low = Decimal("0.95"), Decimal("0.9")
    assert list(Target.objects.values_list(*fields)) == [
        (1, "resolution", 240, high, low, True),
        (1, "response", 30, high, low, False),
        (3, "resolution", 480, high, low, True),
        (3, "response", 60, high, low, False),
    ]


def test_the_calendar_has_exactly_these_hours_and_holidays(load):
    load("2016-01-01")

    calendar = CalendarVersion.objects.get()
    assert (calendar.weekly, calendar.holidays) == (CONFIG["weekly"], CONFIG["holidays"])
    assert (calendar.has_public_holidays, calendar.half_days, calendar.seasons) == (False, {}, [])


def test_without_holidays_the_public_ones_hold_and_shares_have_defaults(load):
    load("2016-01-01", holidays=..., wanted=..., good_enough=...)

    calendar = CalendarVersion.objects.get()
    assert (calendar.has_public_holidays, calendar.holidays) == (True, [])
    assert set(Target.objects.values_list("wanted", "good_enough")) == {(Decimal("0.9"), Decimal("0.8"))}


def test_a_later_version_ends_the_one_in_force_the_day_before_and_keeps_its_calendar(load):
    load("2016-01-01")
    load("2016-06-01", targets={"3": {"response": 15}})

    assert periods() == [(1, date(2016, 1, 1), date(2016, 5, 31)), (2, date(2016, 6, 1), None)]
    assert ServiceAgreement.objects.count() == 1
    assert ServiceCalendar.objects.count() == 1
    assert list(Target.objects.filter(version__number=2).values_list("metric", "minutes")) == [("response", 15)]


def test_an_earlier_version_holds_until_the_one_that_is_known(load):
    load("2016-06-01")
    load("2016-01-01")

    assert periods() == [(2, date(2016, 1, 1), date(2016, 5, 31)), (1, date(2016, 6, 1), None)]


def test_the_same_day_again_changes_that_version(load):
    load("2016-01-01")
    load("2016-01-01", targets={"2": {"resolution": 99}}, weekly={"mon": [["09:00", "10:00"]]})

    assert periods() == [(1, date(2016, 1, 1), None)]
    assert list(Target.objects.values_list("priority", "metric", "minutes")) == [(2, "resolution", 99)]
    assert AgreementVersion.objects.get().calendar.versions.get().weekly == {"mon": [["09:00", "10:00"]]}


def test_an_agreement_for_others_leaves_this_one_alone(load):
    load("2016-01-01")
    load("2016-01-01", municipality={"*": "5601"})

    assert periods() == [(1, date(2016, 1, 1), None), (1, date(2016, 1, 1), None)]
    assert ServiceAgreement.objects.count() == 2


def test_incidents_are_calculated_before_it_returns_also_those_it_no_longer_covers(load):
    load("2016-01-01")
    service, owner = Service.objects.get(code="EPOST"), Organisation.objects.get(municipality="4203")
    one = make.incident(service, owner, oslo(2016, 3, 1, 9), priority=3, responded=oslo(2016, 3, 1, 9, 50))
    load("2016-01-01")  # the same again calculates
    before = list(Clock.objects.filter(incident=one).order_by("target__metric").values_list("met", flat=True))

    load("2016-03-01", service={"*": "BRUKER"})

    assert before == [False, True]
    assert Clock.objects.count() == 0
    assert list(Incident.objects.without_agreement()) == [one]


def test_what_the_file_no_longer_names_loses_its_agreement_and_is_told(load):
    load("2016-01-01")
    assert load.warned == ""

    load("2016-06-01", service={"*": "BRUKER"}, municipality={"*": "4203"})

    lost = "BRUKER (Kristiansand), EPOST (Arendal), EPOST (Kristiansand)"
    assert load.warned == f"Ikke lenger dekket av noen avtale: {lost}.\n"


def test_shares_have_six_decimals(load):
    load("2016-01-01", wanted=0.999999, good_enough=0.333333)

    assert set(Target.objects.values_list("wanted", "good_enough")) == {(Decimal("0.999999"), Decimal("0.333333"))}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"tz": "Europe/Olso"}, "tz: «Europe/Olso» er ingen tidssone; skriv for eksempel «Europe/Oslo»."),
        ({"tz": 3}, "tz: «3» er ingen tidssone; skriv for eksempel «Europe/Oslo»."),
        ({"weekly": {}}, "weekly: minst én dag må ha åpningstid."),
        ({"weekly": {"mon": [], "tue": None}}, "weekly: minst én dag må ha åpningstid."),
        (
            {"weekly": {"mandag": [["08:00", "15:45"]]}},
            "weekly.mandag: det finnes ingen slik dag; skriv mon, tue, wed, thu, fri, sat, sun.",
        ),
        ({"weekly": {"mon": "08:00"}}, 'weekly.mon: her skal det stå en liste som [["08:00", "15:45"]].'),
        ({"weekly": {"mon": ["08:00"]}}, 'weekly.mon[0]: her skal det stå to klokkeslett, som ["08:00", "15:45"].'),
        (
            {"weekly": {"mon": [["08:00", "25:00"]]}},
            "weekly.mon[0]: «25:00» er ikke noe klokkeslett; skriv det som 08:00, høyst 24:00.",
        ),
        (
            {"weekly": {"mon": [["08:00", "08:00"]]}},
            "weekly.mon[0]: 08:00–08:00 er ingen åpningstid; hele døgnet er 00:00–24:00.",
        ),
        ({"service": {"*": "A" * 21}}, f"service: «{'A' * 21}» er lengre enn de 20 tegnene en kode kan ha."),
        ({"service": {"Category 42": ""}}, "service.Category 42 er tom."),
        ({"wanted": 0.9999999}, "wanted: «0.9999999» er ingen andel fra 0 til 1 med høyst seks desimaler."),
    ],
)
def test_what_is_wrong_is_one_sentence_in_the_readers_language(load, changes, sentence):
    with pytest.raises(CommandError) as told:
        load("2016-01-01", **changes)

    assert str(told.value).partition(": ")[2] == sentence


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"weekly": {"mandag": [["08:00", "15:45"]]}}, "weekly"),
        ({"weekly": {"mon": [["8", "15:45"]]}}, "weekly"),
        ({"weekly": {"mon": [["08:00"]]}}, "weekly"),
        ({"weekly": {}}, "weekly"),
        ({"weekly": ...}, "weekly"),
        ({"tz": "Europe/Olso"}, "tz"),
        ({"tz": 3}, "tz"),
        ({"holidays": ["2016-02-30"]}, "holidays[0]"),
        ({"holidays": "2016-05-17"}, "holidays"),
        ({"targets": {}}, "targets"),
        ({"targets": {"P1": {"response": 1}}}, "targets"),
        ({"targets": {"1": {"reply": 1}}}, "targets.1.reply"),
        ({"targets": {"1": {"response": -1}}}, "targets.1.response"),
        ({"targets": {"1": {"response": 1.5}}}, "targets.1.response"),
        ({"targets": {"1": {"response": "30"}}}, "targets.1.response"),
        ({"targets": {"1": {"response": True}}}, "targets.1.response"),
        ({"wanted": 95}, "wanted"),
        ({"wanted": "0.9"}, "wanted"),
        ({"wanted": 0.8, "good_enough": 0.9}, "good_enough"),
        ({"municipality": {"*": "9999"}}, "municipality"),
        ({"municipality": {"*": 4203}}, "municipality.*"),
        ({"municipality": {}}, "municipality"),
        ({"service": {"*": "e-post"}}, "service"),
        ({"service": ["EPOST"]}, "service"),
    ],
)
def test_a_fault_is_told_with_its_place_and_nothing_is_saved(load, changes, place):
    with pytest.raises(CommandError) as told:
        load("2016-01-01", **changes)

    sentence = str(told.value)
    assert place in sentence
    assert "\n" not in sentence
    assert [model.objects.count() for model in (AgreementVersion, Service, Organisation, CalendarVersion)] == [0] * 4


def test_a_day_that_is_none_is_one_sentence(load):
    with pytest.raises(CommandError) as told:
        load("2016-13")
    assert str(told.value) == "--from: «2016-13» er ingen dag som 2016-01-01."


def test_what_is_not_json_is_refused(tmp_path, db):
    path = tmp_path / "cfg.json"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(CommandError, match=r"cfg\.json: .*JSON"):
        call_command("load_agreement", str(path), "--from", "2016-01-01")


def test_a_file_that_is_not_there_is_refused(db):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("load_agreement", "nowhere.json", "--from", "2016-01-01")
