"""What htmx swaps in is what a reload shows."""

from typing import Any

from tests.guard import GuardedClient


def assert_swap_equals_reload(client: GuardedClient, url: str) -> str:
    """The answer to htmx stands word for word in the page that a reload of the same address gives; returns it."""
    part: Any = client.get(url, headers={"HX-Request": "true"})
    page: Any = client.get(url)
    fragment = part.content.decode().strip()
    assert "<html" not in fragment
    assert fragment
    assert fragment in page.content.decode()
    assert "HX-Request" in part.headers["Vary"]
    return fragment
