"""Login, passwords and invitations: closed to strangers, in the person's own language, and silent about who exists."""

import re

import pytest
from django.contrib.messages import get_messages
from django.core import mail

from partnership.access import Role
from partnership.models import User
from tests import make

pytestmark = pytest.mark.django_db

PASSWORD = "fjell-og-fjord-42"
LOGIN = "/konto/logg-inn/"
FORGOTTEN = "/konto/passord/glemt/"
LINK = re.compile(r"http://[^/]+(/konto/passord/nytt/\S+/)")


@pytest.fixture
def kari(arendal) -> User:
    return make.person("Kari Nordmann", Role.ORDER_PLACER, at=arendal, password=PASSWORD)


def log_in(client, email: str, password: str = PASSWORD):
    return client.post(LOGIN, {"login": email, "password": password})


def set_password(client, link: str, password: str):
    form = client.get(link, follow=True)
    return client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})


def test_a_person_logs_in_by_e_mail_in_any_case_and_lands_at_home(client, kari):
    answer = log_in(client, "Kari.Nordmann@Example.NO")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/min-profil/").status_code == 200


def test_logging_out_takes_a_post(client, kari):
    client.force_login(kari)
    assert client.get("/konto/logg-ut/").status_code == 200
    assert client.post("/konto/logg-ut/").headers["Location"] == LOGIN
    assert client.get("/min-profil/").status_code == 302


@pytest.mark.parametrize("email", ["kari.nordmann@example.no", "ingen@example.no"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, kari, email):
    answer = log_in(client, email, "noe-helt-annet-77")
    assert answer.context["form"].non_field_errors() == ["E-postadressen eller passordet er feil."]


def test_the_sixth_failed_attempt_on_one_address_must_wait(client, kari):
    for _attempt in range(5):
        log_in(client, kari.email, "noe-helt-annet-77")
    answer = log_in(client, kari.email)
    assert answer.context["form"].non_field_errors() == [
        "For mange forsøk har feilet. Vent noen minutter og prøv igjen."
    ]


def test_nobody_signs_up_and_the_page_says_whom_to_ask(client, db):
    make.partnership()
    page = client.post("/konto/ny/", {"email": "ny@example.no", "password1": PASSWORD, "password2": PASSWORD})
    assert "Be administratoren i Fellesdrift Agder IKS om å legge deg til." in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("path", ["email/", "confirm-email/", "signup/", "reauthenticate/"])
def test_the_other_pages_of_allauth_are_not_there(client, kari, path):
    client.force_login(kari)
    assert client.get(f"/konto/{path}").status_code == 404


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("nb", "Lag nytt passord", "Lag nytt passord til Fellesgrep her:"),
        ("nn", "Lag nytt passord", "Helsing Fellesgrep"),
        ("en", "Set a new password", "Set a new password for Fellesgrep here:"),
    ],
)
def test_a_forgotten_password_is_mailed_in_the_language_of_the_person(client, kari, language, subject, words):
    User.objects.filter(pk=kari.pk).update(language=language)
    client.post(FORGOTTEN, {"email": kari.email})
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([kari.email], subject)
    assert words in message.body


def test_the_link_sets_the_password_logs_in_and_works_once(client, kari):
    client.post(FORGOTTEN, {"email": kari.email})
    link = LINK.search(mail.outbox[0].body)[1]
    answer = set_password(client, link, "hav-og-himmel-77")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Det nye passordet er lagret."]
    assert mail.outbox[1].subject == "Det nye passordet ditt er lagret"
    client.logout()
    assert "Lenken virker ikke lenger" in client.get(link).content.decode()
    assert log_in(client, kari.email, "hav-og-himmel-77").status_code == 302


@pytest.mark.parametrize("host", ["localhost:1234", "127.0.0.1"])
def test_the_link_leads_to_our_own_address_whatever_host_was_asked(client, kari, settings, host):
    settings.SITE_URL = "https://fellesgrep.example.no"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    client.post(FORGOTTEN, {"email": kari.email}, headers={"host": host})
    assert "\nhttps://fellesgrep.example.no/konto/passord/nytt/" in mail.outbox[0].body
    assert host not in mail.outbox[0].body


def test_asking_for_an_unknown_address_looks_the_same_and_mails_no_link(client, kari):
    known = client.post(FORGOTTEN, {"email": kari.email})
    unknown = client.post(FORGOTTEN, {"email": "ingen@example.no"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert mail.outbox[1].to == ["ingen@example.no"]
    assert LINK.search(mail.outbox[1].body) is None


def test_the_sixth_mail_to_one_address_within_a_minute_must_wait(client, kari):
    answers = [client.post(FORGOTTEN, {"email": kari.email}).status_code for _attempt in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_closed_login_gets_no_link_and_no_entry(client, kari):
    User.objects.filter(pk=kari.pk).update(is_active=False)
    client.post(FORGOTTEN, {"email": kari.email})
    assert [LINK.search(message.body) for message in mail.outbox] == [None]
    assert log_in(client, kari.email).headers["Location"] == "/konto/stengt/"


def test_changing_the_password_wants_the_old_one_and_tells_by_mail(client, kari):
    client.force_login(kari)
    new = {"password1": "hav-og-himmel-77", "password2": "hav-og-himmel-77"}
    wrong = client.post("/konto/passord/bytt/", {"oldpassword": "feil", **new})
    assert wrong.context["form"].errors == {"oldpassword": ["Dette er ikke passordet du har nå."]}
    right = client.post("/konto/passord/bytt/", {"oldpassword": PASSWORD, **new})
    assert right.headers["Location"] == "/min-profil/"
    assert [message.subject for message in mail.outbox] == ["Passordet ditt er byttet"]


@pytest.mark.parametrize(
    ("language", "password", "words"),
    [
        ("nb", "kort", "Passordet er for kort. Skriv minst 12 tegn."),
        ("nn", "kort", "Passordet er for kort. Skriv minst 12 teikn."),
        ("en", "kort", "The password is too short. Write at least 12 characters."),
        ("nb", "kari.nordmann", "Passordet ligner for mye på navnet eller e-postadressen din. Velg et annet."),
        ("nn", "kari nordmann", "Passordet liknar for mykje på namnet eller e-postadressa di. Vel eit anna."),
        ("nn", "qazwsxedcrfv", "Mange bruker dette passordet. Vel eit anna."),
    ],
)
def test_a_weak_password_is_told_in_the_language_of_the_person(client, kari, language, password, words):
    User.objects.filter(pk=kari.pk).update(language=language)
    client.force_login(kari)
    data = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    answer = client.post("/konto/passord/bytt/", data)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"password1": [words]})


def test_the_rules_for_passwords_stand_by_the_field(client, kari):
    User.objects.filter(pk=kari.pk).update(language="nn")
    client.force_login(kari)
    page = client.get("/konto/passord/bytt/").content.decode()
    assert [rule in page for rule in ("Minst 12 teikn.", "Ikkje likt namnet", "Ikkje eit passord som")] == [True] * 3


@pytest.mark.parametrize("path", [LOGIN, FORGOTTEN])
def test_an_account_form_sent_empty_answers_as_all_our_forms(client, db, path):
    assert (client.get(path).status_code, client.post(path, {}).status_code) == (200, 422)


def test_two_different_passwords_are_told_in_nynorsk_too(client, kari):
    User.objects.filter(pk=kari.pk).update(language="nn")
    client.force_login(kari)
    data = {"oldpassword": PASSWORD, "password1": "hav-og-himmel-77", "password2": "hav-og-himmel-78"}
    answer = client.post("/konto/passord/bytt/", data)
    assert list(answer.context["form"].errors) == ["password2"]
    assert "Skriv det same passordet to gonger." in answer.content.decode()


def test_an_invited_person_sets_a_first_password_by_the_link_in_her_own_language(client, administrator, arendal):
    make.partnership()
    client.force_login(administrator)
    data = {
        "name": "Nils Vik",
        "email": "nils@example.no",
        "language": "nn",
        "role": "approver",
        "organisation": arendal.pk,
        "first_day": "01.01.2026",
    }
    assert client.post("/samarbeidet/folk/ny/", data).status_code == 302
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["nils@example.no"], "Tilgangen din til Fellesgrep")
    assert "Ingrid Dahl har gitt deg tilgang til Fellesgrep, sidene til Fellesdrift Agder IKS." in message.body
    assert "Lenkja verkar i 3 dagar." in message.body
    client.logout()
    assert set_password(client, LINK.search(message.body)[1], PASSWORD).headers["Location"] == "/"
    assert User.objects.get(email="nils@example.no").check_password(PASSWORD)


def test_an_invitation_that_cannot_be_sent_is_told_and_loses_nothing(client, administrator, settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "localhost", "port": 9},
        }
    }
    client.force_login(administrator)
    data = {"name": "Nils Vik", "email": "nils@example.no", "role": "auditor", "first_day": "01.01.2026"}
    answer = client.post("/samarbeidet/folk/ny/", data)
    assert [str(message) for message in get_messages(answer.wsgi_request)] == [
        "Personen er lagret, men e-posten ble ikke sendt. Prøv igjen om en stund."
    ]
    assert User.objects.filter(email="nils@example.no").exists()


def test_a_profile_changes_all_but_the_address(client, kari):
    client.force_login(kari)
    data = {
        "name": "Kari N. Vik",
        "title": "Rektor",
        "phone": "+4737013000",
        "language": "nn",
        "email": "ny@example.no",
    }
    assert client.post("/min-profil/", data).status_code == 302
    kari.refresh_from_db()
    assert (kari.name, kari.title, kari.phone, kari.language) == ("Kari N. Vik", "Rektor", "+4737013000", "nn")
    assert kari.email == "kari.nordmann@example.no"


@pytest.mark.parametrize("phone", ["abc", "370", "370130001234567890", "37+013000"])
def test_a_phone_number_that_cannot_be_called_is_told(client, kari, phone):
    client.force_login(kari)
    answer = client.post("/min-profil/", {"name": "Kari", "phone": phone})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"phone": ["Skriv nummeret med 8 til 15 sifre, for eksempel 37 01 30 00."]}


def test_anybody_chooses_a_language_before_the_login(client, db):
    answer = client.post("/sprak/", {"language": "nn", "next": FORGOTTEN})
    assert answer.headers["Location"] == FORGOTTEN
    assert client.get(FORGOTTEN).headers["Content-Language"] == "nn"


def test_a_person_takes_the_language_along(client, kari):
    client.force_login(kari)
    client.post("/sprak/", {"language": "en", "next": "/min-profil/"})
    assert client.get("/min-profil/").headers["Content-Language"] == "en"
    assert User.objects.get(pk=kari.pk).language == "en"


@pytest.mark.parametrize("address", ["https://example.com/", "//example.com", "javascript:alert(1)", ""])
def test_choosing_a_language_never_leads_out_of_here(client, db, address):
    assert client.post("/sprak/", {"language": "nn", "next": address}).headers["Location"] == "/"


def test_an_unknown_language_is_refused(client, db):
    assert client.post("/sprak/", {"language": "sv"}).status_code == 400
