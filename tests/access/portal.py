from tests.access.matrix import Page

PAGES = [
    Page("portal:home", stranger=200),
    Page("portal:search", stranger=200),
    Page("portal:search", query="?q=e-post", stranger=200),
    Page("portal:accessibility", stranger=200, anonymous=200),
    Page("portal:health", stranger=200, anonymous=200),
]
