"""Deadlines that run: from when one is warned, who is told, when, and once."""

from contextlib import nullcontext
from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused

import pytest

from partnership.access import Role
from partnership.models import RoleGrant
from sla import letters
from sla.actions.warnings import note_deadlines
from sla.models import Clock, DeadlineNotice, Metric, Pause, Warned
from sla.recalculation import recalculate
from tests import make
from tests.sla.winter import ALWAYS

REPORTED, MORNING = make.oslo(2026, 9, 16, 8), make.oslo(2026, 9, 16, 9)
AT_RISK, DUE = make.oslo(2026, 9, 16, 14), make.oslo(2026, 9, 17, 8, 15)


@pytest.fixture
def incident(version, email, arendal):
    """Eight hours of opening to solve it; answered at once."""
    one = make.incident(email, arendal, REPORTED, external_id="INC7", responded=REPORTED, priority=2)
    recalculate(as_of=MORNING)
    return one


@pytest.fixture
def ola(db):
    return make.person("Ola Vik", Role.SERVICE_MANAGER)


def told(now) -> list[tuple[str, str]]:
    note_deadlines(now=now, by=None)
    return [(notice.person.name, notice.kind) for notice in DeadlineNotice.objects.order_by("pk")]


def of_solution() -> Clock:
    return Clock.objects.get(target__metric=Metric.RESOLUTION)


def test_one_is_warned_when_three_quarters_of_the_time_are_used(incident):
    assert (of_solution().at_risk_from, of_solution().due) == (AT_RISK, DUE)


def test_an_agreement_may_warn_earlier_and_a_pause_moves_the_warning(incident, agreement):
    agreement.at_risk_percent = 50
    agreement.save()
    Pause.objects.create(incident=incident, started=MORNING, ended=make.oslo(2026, 9, 16, 10))
    recalculate(as_of=MORNING)
    assert of_solution().at_risk_from == make.oslo(2026, 9, 16, 13)


def test_one_is_warned_of_nothing_that_is_decided_or_stands_still(incident):
    recalculate(as_of=DUE)
    assert of_solution().at_risk_from is None
    Pause.objects.create(incident=incident, started=MORNING)
    recalculate(as_of=DUE)
    assert (of_solution().at_risk_from, of_solution().month) == (None, None)


def test_the_service_s_owner_is_told_before_and_after_once_each(incident, ola, email, agreement):
    email.owner = make.person("Siri Lie", Role.SERVICE_MANAGER)
    email.save()
    assert told(AT_RISK - timedelta(seconds=1)) == []
    assert told(AT_RISK) == told(AT_RISK + timedelta(hours=1)) == [("Siri Lie", "at_risk")]
    assert told(DUE) == [("Siri Lie", "at_risk"), ("Siri Lie", "broken")]
    recalculate(as_of=DUE)  # decided, and still not solved
    assert told(DUE + timedelta(days=1)) == [("Siri Lie", "at_risk"), ("Siri Lie", "broken")]


def test_without_an_owner_whoever_answers_for_the_agreement_is_told_and_else_all_managers(
    incident, ola, agreement, grimstad
):
    make.person("Per Moe", Role.SERVICE_MANAGER, at=grimstad)
    agreement.responsible = make.person("Eva Dal", Role.ADMINISTRATOR)
    agreement.save()
    assert told(AT_RISK) == [("Eva Dal", "at_risk")]
    RoleGrant.objects.filter(user=agreement.responsible).delete()
    assert told(DUE)[1:] == [("Ola Vik", "broken")]  # she may not see it any more
    DeadlineNotice.objects.filter(kind="broken").delete()
    agreement.responsible.is_active = False
    agreement.responsible.save()
    assert told(DUE)[1:] == [("Ola Vik", "broken")]


def test_a_deadline_that_a_pause_has_moved_is_told_of_anew(incident, ola):
    told(AT_RISK)
    Pause.objects.create(incident=incident, started=AT_RISK, ended=make.oslo(2026, 9, 16, 15))
    recalculate(as_of=AT_RISK)
    assert told(AT_RISK + timedelta(minutes=30)) == [("Ola Vik", "at_risk")]
    assert told(make.oslo(2026, 9, 16, 15)) == [("Ola Vik", "at_risk")] * 2


def test_what_is_solved_or_closed_or_broke_long_ago_is_no_news(incident, ola):
    assert told(DUE + timedelta(days=3)) == []
    incident.closed = AT_RISK
    incident.save()
    assert told(AT_RISK) == []


@pytest.mark.parametrize(("is_on_call", "expected"), [(False, []), (True, [("Ola Vik", "broken")])])
def test_nobody_is_woken_at_night_unless_the_service_is_on_call(email, arendal, ola, is_on_call, expected):
    hours = make.calendar("Døgnet", weekly=ALWAYS, has_public_holidays=False) if is_on_call else None
    make.agreement((email, arendal), hours=hours)
    make.incident(email, arendal, make.oslo(2026, 9, 16, 14 if is_on_call else 8), responded=REPORTED)
    night = make.oslo(2026, 9, 16, 23)
    recalculate(as_of=night)
    assert told(night) == expected


def test_what_came_at_night_is_told_in_the_morning(incident, ola):
    assert told(make.oslo(2026, 9, 17, 6, 59)) == []
    assert told(make.oslo(2026, 9, 17, 7)) == [("Ola Vik", "at_risk")]


def test_all_that_is_new_to_a_person_is_one_e_mail_sent_once(version, email, arendal, ola, mailoutbox):
    for number in range(letters.MOST_LINES + 2):
        make.incident(email, arendal, REPORTED, external_id=f"INC{number:02}", responded=REPORTED, priority=2)
    make.incident(email, arendal, REPORTED, external_id="UBESVART", priority=1)
    recalculate(as_of=MORNING)
    told(AT_RISK)
    for _ in range(2):
        letters.send_deadline_notices(AT_RISK)
    [letter] = mailoutbox
    assert letter.to == [ola.email]
    assert letter.subject == f"1 frist er brutt, {letters.MOST_LINES + 3} frister er i ferd med å brytes"
    assert "UBESVART E-post for Arendal, P1: skulle vært besvart innen onsdag 16.09.2026 kl. 09.00" in letter.body
    assert "INC00 E-post for Arendal, P2: skal løses innen torsdag 17.09.2026 kl. 08.15" in letter.body
    assert letter.body.count("/feil/") == letters.MOST_LINES + 1
    assert "Og 4 til." in letter.body
    assert not DeadlineNotice.objects.unsent().exists()


def test_an_address_that_is_refused_keeps_nobody_else_waiting(incident, ola, mailoutbox, monkeypatch):
    siri = make.person("Siri Lie", Role.SERVICE_MANAGER)
    told(AT_RISK)

    def send(subject, body, sender, to):
        if to == [ola.email]:
            raise SMTPRecipientsRefused({ola.email: (550, b"unknown")})
        mailoutbox.append(to)

    monkeypatch.setattr(letters, "send_mail", send)
    letters.send_deadline_notices(AT_RISK)
    assert mailoutbox == [[siri.email]]
    assert [notice.person for notice in DeadlineNotice.objects.unsent()] == [ola]


@pytest.mark.parametrize("failure", [SMTPDataError(552, b"mailbox full"), ValueError("no such header")])
def test_a_letter_that_cannot_leave_keeps_nobody_else_waiting(incident, ola, mailoutbox, monkeypatch, failure):
    siri = make.person("Siri Lie", Role.SERVICE_MANAGER)
    told(AT_RISK)

    def send(subject, body, sender, to):
        if to == [ola.email]:
            raise failure
        mailoutbox.append(to)

    monkeypatch.setattr(letters, "send_mail", send)
    is_retried = isinstance(failure, OSError)
    with pytest.raises(SMTPDataError) if is_retried else nullcontext():
        letters.send_deadline_notices(AT_RISK)
    assert mailoutbox == [[siri.email]]
    assert [notice.person for notice in DeadlineNotice.objects.unsent()] == [ola]


def test_whoever_may_not_see_it_any_more_is_not_warned_and_others_are_told_instead(incident, ola, email, mailoutbox):
    email.owner = make.person("Siri Lie", Role.SERVICE_MANAGER)
    email.save()
    assert told(AT_RISK) == [("Siri Lie", "at_risk")]
    RoleGrant.objects.filter(user=email.owner).delete()
    letters.send_deadline_notices(AT_RISK)
    assert told(AT_RISK + timedelta(minutes=5)) == [("Ola Vik", "at_risk")]
    ola.is_active = False
    ola.save()
    letters.send_deadline_notices(AT_RISK + timedelta(minutes=5))
    assert (mailoutbox, DeadlineNotice.objects.count()) == ([], 0)


def test_one_is_not_warned_of_what_is_solved_since(incident, ola, mailoutbox):
    told(AT_RISK)
    incident.resolved = AT_RISK
    incident.save()
    letters.send_deadline_notices(AT_RISK)
    assert (mailoutbox, DeadlineNotice.objects.count()) == ([], 0)


def test_a_warning_that_could_not_be_sent_for_days_is_dropped(incident, ola, mailoutbox):
    told(AT_RISK)
    letters.send_deadline_notices(AT_RISK + timedelta(days=3, seconds=1))
    assert (mailoutbox, DeadlineNotice.objects.count()) == ([], 0)


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_new_costs_the_same_queries_however_much_it_is(
    version, email, arendal, ola, count, django_assert_num_queries
):
    email.owner = ola
    email.save()
    for number in range(count):
        make.incident(email, arendal, REPORTED, external_id=f"INC{number}", responded=REPORTED, priority=2)
    recalculate(as_of=MORNING)
    with django_assert_num_queries(7):
        note_deadlines(now=AT_RISK, by=None)
    assert DeadlineNotice.objects.count() == count


def test_a_warning_says_whom_it_was_for(incident, ola):
    told(AT_RISK)
    notice = DeadlineNotice.objects.get()
    assert (str(notice), notice.kind) == ("INC7, brytes snart → Ola Vik", Warned.AT_RISK)
    assert list(DeadlineNotice.objects.visible_to(ola)) == [notice]
    assert not DeadlineNotice.objects.visible_to(make.person("Siri Lie", Role.SERVICE_MANAGER)).exists()


def test_another_percentage_is_typed_with_the_name_and_holds_for_what_is_open(
    manager, agreement, incident, django_capture_on_commit_callbacks
):
    typed = {"name": "Driftsavtalen", "responsible": ""}
    url = f"/avtaler/{agreement.pk}/navn/"
    assert manager.post(url, typed | {"at_risk_percent": "100"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert manager.post(url, typed | {"at_risk_percent": "10"}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.at_risk_percent == 10
