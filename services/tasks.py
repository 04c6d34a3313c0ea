from operator import call
from smtplib import SMTPException

from celery import shared_task

from partnership.letters import send_each
from services import notice_letters, order_letters


@shared_task(autoretry_for=(SMTPException, OSError), retry_backoff=True, max_retries=8)
def send_order_letters(order_id: int) -> None:
    order_letters.send_all(order_id)


@shared_task(autoretry_for=(SMTPException, OSError), retry_backoff=True, max_retries=8)
def send_notice_letters(notice_id: int) -> None:
    notice_letters.send_all(notice_id)


@shared_task
def send_stranded_letters() -> None:
    """Beat asks for it again and again, which is its way of trying once more."""
    send_each((order_letters.send_stranded, notice_letters.send_stranded), call)
