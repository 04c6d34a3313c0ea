"""Changes of outages into the database, in bulk where they are new."""

from collections.abc import Iterator, Sequence

from sla.models import Outage, OutageReach, Reclassification
from sla.outages.merging import Change
from sla.outages.reports import Hit, Name, Report


def save(changes: Sequence[Change], newest: dict[Name, int]) -> None:
    """`newest` is the last part of each number that is known; new parts are counted on from there."""
    for change in changes:
        if change.outage and change.report:
            _write(change.outage, change.report)
        elif change.outage:
            change.outage.delete()
    _create([change for change in changes if change.outage is None], newest)


def _create(changes: Sequence[Change], newest: dict[Name, int]) -> None:
    made = Outage.objects.bulk_create(_new(change.report, newest) for change in changes if change.report)
    of_each = list(zip(made, changes, strict=True))
    OutageReach.objects.bulk_create(
        _reach(outage, hit) for outage, change in of_each if change.report for hit in change.report.hits
    )
    Reclassification.objects.bulk_create(
        decision for outage, change in of_each if change.judged_as for decision in _repeated(change.judged_as, outage)
    )


def _new(report: Report, newest: dict[Name, int]) -> Outage:
    newest[report.name] = newest.get(report.name, 0) + 1
    return _filled(Outage(source=report.source, external_id=report.external_id, part=newest[report.name]), report)


def _filled(outage: Outage, report: Report) -> Outage:
    outage.title, outage.started, outage.ended = report.title or "", report.started, report.ended
    outage.kind, outage.notified = report.kind, report.notified
    outage.clean_fields()
    return outage


def _reach(outage: Outage, hit: Hit) -> OutageReach:
    return OutageReach(outage=outage, service=hit.service, organisation=hit.organisation, affected_share=hit.share)


def _repeated(judged: Outage, outage: Outage) -> Iterator[Reclassification]:
    """What was judged of a part holds for the part that has come out of it."""
    for decision in reversed(judged.reclassifications.all()):
        decision.pk, decision.outage, decision._state.adding = None, outage, True
        yield decision


def _write(outage: Outage, report: Report) -> None:
    _filled(outage, report).save()
    wanted = {hit.place: hit for hit in report.hits}
    for row in outage.reach.all():
        hit = wanted.pop((row.service_id, row.organisation_id), None)
        if hit is None:
            row.delete()
        elif row.affected_share != hit.share:
            row.affected_share = hit.share
            row.save()
    OutageReach.objects.bulk_create(_reach(outage, hit) for hit in wanted.values())
