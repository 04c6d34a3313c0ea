"""Login and passwords (allauth): open to all, and to nobody's rows. Who is logged in is sent on from the login."""

from typing import Any

from tests.access.matrix import EVERYONE, Page

OPEN: dict[str, Any] = {"stranger": 200, "anonymous": 200}
ONLY_BEFORE_LOGIN: dict[str, Any] = {"anonymous": 200, "stranger": 302, "succeeded": frozenset({302})}
SENT_ON: dict[str, Any] = {"stranger": 302, "succeeded": frozenset({302})}


def broken_link(_world: Any) -> dict[str, str]:
    return {"uidb36": "1", "key": "no-key"}


PAGES = [
    Page("account_login", **ONLY_BEFORE_LOGIN),
    Page("account_signup", EVERYONE, **ONLY_BEFORE_LOGIN),
    Page("account_logout", stranger=200),
    Page("account_inactive", **OPEN),
    Page("account_reset_password", **OPEN),
    Page("account_reset_password_done", **OPEN),
    Page("account_reset_password_from_key", own=broken_link, **OPEN),
    # the people of the matrix have no password yet: changing it leads to setting it
    Page("account_change_password", **SENT_ON),
    Page("account_set_password", stranger=200),
]
