"""Login and passwords (allauth): open to all, and to nobody's rows."""

from tests.access.matrix import EVERYONE, Page

OPEN = {"anonymous": 200, "stranger": 302, "succeeded": frozenset({302})}
OWN = {"stranger": 200}

PAGES = [
    Page("account_login", **OPEN),
    Page("account_signup", EVERYONE, anonymous=200, stranger=302, succeeded=frozenset({302})),
    Page("account_logout", **OWN),
]
