from smtplib import SMTPException

from celery import shared_task

from services import order_letters


@shared_task(autoretry_for=(SMTPException, OSError), retry_backoff=True, max_retries=8)
def send_order_letters(order_id: int) -> None:
    order_letters.send_all(order_id)
