"""Lists of the REST door in pages."""

from rest_framework.pagination import LimitOffsetPagination


class Pages(LimitOffsetPagination):
    """Machines may ask for longer pages than the usual, but not for everything at once."""

    max_limit = 1000
