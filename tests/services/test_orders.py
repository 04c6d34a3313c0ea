"""An order from need to receipt: who may move it, and what becomes of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from partnership.access import Role
from services import promises
from services.actions.orders import (
    Overtaken,
    change_draft,
    move_order,
    open_moves,
    order_again,
    save_draft,
    send_order,
)
from services.models import Order, ProductGroup
from services.treatments import TREATMENTS, Act, State
from tests import make, make_orders

LIST = reverse("services:order-list")
WRITTEN = {"quantity": 2, "wished_on": None, "description": "To skjermer", "unit": "Skole", "account": "1310"}


def step(order: Order, act: str) -> str:
    return reverse("services:order-move", args=[order.pk, act])


def test_every_product_group_names_its_treatment():
    assert set(TREATMENTS) == set(ProductGroup.values)


def test_an_order_goes_all_the_way_on_the_pages(client, arendal, order_placer, approver, service_manager):
    service = make.service("PC", "PC-arbeidsplass")
    client.force_login(order_placer)
    typed = WRITTEN | {"wished_on": "01.12.2030"}
    answer = client.post(reverse("services:order-add", args=[service.pk]), typed)
    order = Order.objects.get()
    assert answer.url == reverse("services:order-check", args=[order.pk])
    client.post(reverse("services:order-send", args=[order.pk]))
    day = (timezone.localdate() + timedelta(days=3)).strftime("%d.%m.%Y")
    for who, act, data in (
        (approver, "approve", {}),
        (service_manager, "accept", {"promised_on": day}),
        (service_manager, "start", {}),
        (service_manager, "deliver", {}),
        (order_placer, "confirm", {}),
    ):
        client.force_login(who)
        assert client.post(step(order, act), data).status_code == 302
    order.refresh_from_db()
    assert (order.state, order.number) == (State.DONE, f"B-{timezone.localdate().year}-00001")
    assert [move.act for move in order.moves.all()] == ["send", "approve", "accept", "start", "deliver", "confirm"]


def test_numbers_follow_each_other_without_gaps_year_by_year(arendal, order_placer):
    service = make.service()
    drafts = [save_draft(organisation=arendal, service=service, by=order_placer, **WRITTEN) for _ in range(4)]
    for draft, year in zip(drafts, (2025, 2025, 2026, 2025), strict=True):
        send_order(order=draft, by=order_placer, now=make.oslo(year, 3, 1, 9), silent=True)
    assert [Order.objects.get(pk=draft.pk).number for draft in drafts] == [
        "B-2025-00001",
        "B-2025-00002",
        "B-2026-00001",
        "B-2025-00003",
    ]


def test_a_form_sent_twice_is_one_draft_and_a_draft_sent_twice_one_order(client, arendal, order_placer):
    service = make.service()
    client.force_login(order_placer)
    typed = WRITTEN | {"wished_on": "", "token": str(uuid4())}
    for _tap in range(2):
        client.post(reverse("services:order-add", args=[service.pk]), typed)
    order = Order.objects.get()
    answers = [client.post(reverse("services:order-send", args=[order.pk])) for _tap in range(2)]
    assert [answer.url for answer in answers] == [reverse("services:order-detail", args=[order.pk])] * 2
    assert order.moves.count() == 1


def test_a_form_sent_again_with_other_words_writes_the_draft_anew_and_loses_none_once_it_is_an_order(
    client, arendal, order_placer
):
    url = reverse("services:order-add", args=[make.service().pk])
    client.force_login(order_placer)
    typed = WRITTEN | {"wished_on": "", "token": str(uuid4())}
    for words in ("To skjermer", "Tre skjermer"):
        client.post(url, typed | {"description": words})
    order = Order.objects.get()
    assert order.description == "Tre skjermer"
    order = send_order(order=order, by=order_placer)
    answer = client.post(url, typed | {"description": "Fire skjermer"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        f"{order.number} er alt bestilt med dette skjemaet, med andre svar. Begynn på en ny bestilling."
    ]
    assert "Fire skjermer" in answer.content.decode()
    assert Order.objects.get().description == "Tre skjermer"


@pytest.mark.parametrize("page", ["order-discard", "order-send", "order-edit", "order-check"])
def test_a_draft_that_was_deleted_in_another_window_is_told_on_the_list_it_stood_in(
    client, arendal, order_placer, foreign_order_placer, page
):
    draft = make_orders.order(arendal, State.DRAFT, by=order_placer)
    url = reverse(f"services:{page}", args=[draft.pk])
    client.force_login(order_placer)
    client.post(reverse("services:order-discard", args=[draft.pk]), follow=True)
    send = client.post if page in {"order-discard", "order-send"} else client.get
    answer = send(url, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("services:order-list") + "?show=mine"
    assert "Kladden er slettet." in answer.content.decode()
    client.force_login(foreign_order_placer)
    assert send(url).status_code == 404


def test_a_date_that_cannot_be_read_is_told_at_the_field_and_what_was_typed_is_kept(client, order_placer):
    client.force_login(order_placer)
    answer = client.post(reverse("services:order-add", args=[make.service().pk]), WRITTEN | {"wished_on": "i morgen"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"wished_on": ["Skriv ønsket dato som dd.mm.åååå."]}
    assert 'value="i morgen"' in answer.content.decode()
    assert "Ikke skriv fødselsnummer eller helseopplysninger." in answer.content.decode()


def test_a_wished_date_that_has_passed_is_refused(arendal, order_placer):
    fields = WRITTEN | {"organisation": arendal, "service": make.service(), "wished_on": date(2020, 1, 1)}
    with pytest.raises(ValidationError) as refused:
        save_draft(by=order_placer, **fields)
    assert list(refused.value.error_dict) == ["wished_on"]


def test_nobody_approves_her_own_order(arendal, order_placer, waiting):
    make.grant(order_placer, Role.APPROVER, at=arendal)
    del order_placer.current_grants
    assert [move.act for move in open_moves(waiting, order_placer)] == [Act.CANCEL, Act.COMMENT]
    with pytest.raises(PermissionDenied):
        move_order(order=waiting, act=Act.APPROVE, by=order_placer)


def test_an_approver_elsewhere_does_not_see_the_order(client, waiting, foreign_approver):
    client.force_login(foreign_approver)
    assert client.post(step(waiting, "approve")).status_code == 404


def test_rejecting_wants_a_reason(client, waiting, approver):
    client.force_login(approver)
    assert client.post(step(waiting, "reject"), {"note": " "}).status_code == 422
    client.post(step(waiting, "reject"), {"note": "Ikke i budsjettet"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.moves.last().note) == (State.REJECTED, "Ikke i budsjettet")


def test_who_comes_second_is_told_who_was_first(client, arendal, waiting, approver):
    move_order(order=waiting, act=Act.APPROVE, by=approver, now=timezone.now())
    client.force_login(make.person("Jon Lie", Role.APPROVER, at=arendal))
    answer = client.post(step(waiting, "approve"), {"revision": waiting.revision})
    assert answer.status_code == 409
    clock = timezone.localtime(waiting.moves.last().at).strftime("%H.%M")
    assert f"Anne Gro Haugen godkjente bestillingen kl. {clock}." in answer.content.decode()


def test_a_new_date_given_on_an_old_page_is_refused(service_manager, arendal):
    order = make_orders.order(arendal, State.WORKING)
    seen, day = order.revision, timezone.localdate() + timedelta(days=9)
    move_order(order=order, act=Act.POSTPONE, by=service_manager, note="Lager", promised_on=day, revision=seen)
    with pytest.raises(Overtaken):
        move_order(order=order, act=Act.POSTPONE, by=service_manager, note="To", promised_on=day, revision=seen)


def test_what_is_missing_goes_back_to_the_desk_with_the_reason(client, arendal, order_placer):
    order = make_orders.order(arendal, State.DELIVERED)
    client.force_login(order_placer)
    client.post(step(order, "object"), {"note": "Kabelen mangler"})
    order.refresh_from_db()
    assert (order.state, order.delivered_at, order.moves.last().note) == (State.WORKING, None, "Kabelen mangler")


def test_an_order_is_cancelled_until_the_work_begins(client, arendal, order_placer):
    client.force_login(order_placer)
    for state, status in ((State.APPROVED, 302), (State.WORKING, 409)):
        order = make_orders.order(arendal, state)
        assert client.post(step(order, "cancel")).status_code == status


@pytest.mark.django_db
def test_the_date_suggested_is_reckoned_in_the_working_days_of_the_service():
    """Friday 20 November 2026 and three working days is Wednesday."""
    service = make.service(delivery_days=3)
    assert promises.suggested_day(service, make.oslo(2026, 11, 20, 10)) == date(2026, 11, 25)


def test_a_date_that_is_moved_makes_nothing_timely(arendal):
    order = make_orders.order(arendal, State.DONE)
    today = timezone.localdate()
    Order.objects.filter(pk=order.pk).update(
        first_promised_on=today - timedelta(days=1), promised_on=today + timedelta(days=9)
    )
    make_orders.order(arendal, State.DONE)
    assert promises.recently_kept(order.service, today) == promises.Kept(on_time=1, delivered=2)


def test_a_copy_is_a_draft_with_the_same_answers(client, waiting, order_placer):
    client.force_login(order_placer)
    token = {"token": str(uuid4())}
    for _tap in range(2):
        client.post(reverse("services:order-copy", args=[waiting.pk]), token)
    copy = Order.objects.exclude(pk=waiting.pk).get()
    assert (copy.state, copy.description, copy.number) == (State.DRAFT, waiting.description, None)


def test_a_copy_asked_for_again_keeps_what_was_written_in_it_since(waiting, order_placer):
    token = uuid4()
    copy = order_again(order=waiting, token=token, by=order_placer)
    change_draft(order=copy, by=order_placer, description="To skjermer til")
    assert order_again(order=waiting, token=token, by=order_placer).description == "To skjermer til"


def test_a_form_sent_again_does_not_write_over_what_a_colleague_has_changed(client, arendal, order_placer):
    url = reverse("services:order-add", args=[make.service().pk])
    client.force_login(order_placer)
    typed = WRITTEN | {"wished_on": "", "token": str(uuid4())}
    client.post(url, typed | {"description": "To skjermer"})
    colleague = make.person("Per Hansen", Role.ORDER_PLACER, at=arendal)
    change_draft(order=Order.objects.get(), by=colleague, description="Tre skjermer")
    answer = client.post(url, typed | {"description": "Fire skjermer"})
    assert (answer.status_code, Order.objects.get().description) == (422, "Tre skjermer")
    assert "En kollega har endret kladden fra dette skjemaet." in answer.content.decode()
    assert "Fire skjermer" in answer.content.decode()


def test_who_edits_a_draft_that_a_colleague_has_changed_is_told_by_whom(client, arendal, order_placer):
    draft = make_orders.order(arendal, State.DRAFT, by=order_placer)
    url = reverse("services:order-edit", args=[draft.pk])
    client.force_login(order_placer)
    seen = client.get(url).context["form"].seen
    colleague = make.person("Per Hansen", Role.ORDER_PLACER, at=arendal)
    change_draft(order=draft, by=colleague, description="Tre skjermer")
    answer = client.post(url, WRITTEN | {"wished_on": "", "description": "Fire skjermer", "seen": seen})
    assert (answer.status_code, Order.objects.get().description) == (422, "Tre skjermer")
    assert "Per Hansen lagret dette" in answer.content.decode()


def test_a_draft_exists_for_its_own_placers_only(arendal, approver, administrator, order_placer):
    make_orders.order(arendal, State.DRAFT)
    seen = [Order.objects.visible_to(who).count() for who in (order_placer, approver, administrator)]
    assert seen == [1, 0, 0]
