"""The temporary tables of a calculation of some incidents: which ones, and the cells they leave and enter."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from sla.models.incidents import IncidentQuerySet

BY_INDEX = "set local enable_hashjoin = off; set local enable_mergejoin = off"
AS_USUAL = "set local enable_hashjoin to default; set local enable_mergejoin to default"
TAKE_OUT = """
    create temporary table touched on commit drop as
        select distinct service_id, organisation_id, month
        from sla_clock join chosen on chosen.id = incident_id where month is not null;
    delete from sla_clock using chosen where incident_id = chosen.id
"""
ENTERED = """
    insert into touched
    select distinct service_id, organisation_id, month
    from sla_clock join chosen on chosen.id = incident_id where month is not null
    except select service_id, organisation_id, month from touched;
    analyze touched
"""


def choose(incidents: IncidentQuerySet) -> None:
    """Their ids into `chosen`."""
    query, parameters = incidents.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table chosen (id) on commit drop as {query}", parameters)
        cursor.execute("alter table chosen add primary key (id); analyze chosen")


def take_out() -> None:
    """Removes the clocks of the chosen; `touched` holds the cells that they were counted in."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_OUT)


def add_entered() -> None:
    """Adds to `touched` the cells in which they count now."""
    with connection.cursor() as cursor:
        cursor.execute(ENTERED)


def forget() -> None:
    """The rest of the transaction is nobody's business here."""
    with connection.cursor() as cursor:
        cursor.execute("drop table chosen, touched, tallied")


@contextmanager
def by_index() -> Iterator[None]:
    """The planner would rather scan two million clocks than look up ten thousand."""
    with connection.cursor() as cursor:
        cursor.execute(BY_INDEX)
        yield
        cursor.execute(AS_USUAL)
