"""The appendix: what each figure means, where it came from, and the numbers behind the lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kit import formats
from reports import voice
from reports.document.parts import Definition, Share, heads_rows
from reports.figures import BoardFigures
from reports.findings.standing import FEWEST
from sla.reporting import ServiceLevels, Source, VersionUsed


@dataclass(frozen=True)
class Appendix:
    definitions: list[Definition]
    cut_off: str
    sources: list[Definition]
    versions: list[Definition]
    quarters: tuple[str, ...]
    services: list[tuple[str, tuple[Share, ...]]]
    owners: list[tuple[str, str, tuple[Share, ...]]]

    @property
    def heads_services(self) -> bool:
        return heads_rows(len(self.services), len(self.quarters) + 1)

    @property
    def heads_owners(self) -> bool:
        return heads_rows(len(self.owners), len(self.quarters) + 2)


def appendix(figures: BoardFigures) -> Appendix:
    levels = figures.service_levels
    return Appendix(
        definitions=definitions(),
        cut_off=formats.instant(figures.head.cut_off, voice.language()),
        sources=_sources(levels),
        versions=[_version(one) for one in levels.versions],
        quarters=tuple(voice.short_quarter(one) for one in levels.quarters),
        services=[
            (one.name.written(voice.language()), tuple(Share.of(each.resolution) for each in one.quarters))
            for one in levels.services
        ],
        owners=[
            (one.name, voice.number(one.population), tuple(Share.of(each.resolution) for each in one.quarters))
            for one in levels.owners
        ],
    )


def definitions() -> list[Definition]:
    """In words, one for each key under which a figure points here."""
    return [Definition(term, text, key) for key, term, text in _definitions()]


def _definitions() -> Iterator[tuple[str, str, str]]:
    yield (
        "solved",
        _("Solved in time"),
        _(
            "Incidents solved no later than the deadline, as a share of those decided in the quarter. Only opening "
            "hours count, and time spent waiting for others does not."
        ),
    )
    yield (
        "answered",
        _("Answered in time"),
        _(
            "Incidents that somebody began to work on before the deadline for an answer, as a share of those decided "
            "in the quarter. Only opening hours count."
        ),
    )
    yield (
        "uptime",
        _("Availability"),
        _(
            "The part of the agreed opening hours in which a service was up, over all owners that it is promised to. "
            "Planned work that was notified in time counts as neither; what overlaps counts once. Rounded down."
        ),
    )
    yield (
        "decided",
        _("Which quarter"),
        _(
            "An incident counts in the month in which it is solved or falls due, whichever comes first. A month that "
            "has ended changes only if something is registered late or put right."
        ),
    )
    yield (
        "status",
        _("Target and good enough"),
        _(
            "The agreement says both. A status compares exact counts; only what is shown is rounded, always down. "
            "What is not measured is never nought. Fewer than %(fewest)s incidents give no heading."
        )
        % {"fewest": voice.count(FEWEST)},
    )
    yield (
        "good-services",
        _("Services that are good enough"),
        _("Services for which both answers and solutions are good enough or better, out of those measured."),
    )
    yield (
        "overdue",
        _("Open past the deadline"),
        _("Incidents neither solved nor closed when the quarter ended, whose deadline for a solution had passed."),
    )
    yield (
        "without-agreement",
        _("Incidents without agreement"),
        _(
            "Incidents reported in the quarter for a service and an owner that no agreement covered that day. They "
            "are in no share."
        ),
    )
    yield (
        "on-time",
        _("Delivered on the promised date"),
        _(
            "Orders delivered no later than the first date that was promised, as a share of those delivered in the "
            "quarter. A new date makes nothing timely. Working days are those of the service."
        ),
    )
    yield (
        "benefits",
        _("Benefits in kroner"),
        _(
            "What has been gained by the newest measurement of each benefit, as a share of what is wanted: "
            "(measured − baseline) / (target − baseline), added up exactly and never cut off. Kroner, full-time "
            "equivalents and quality are not added together."
        ),
    )
    yield (
        "resolutions",
        _("Follow-up of resolutions"),
        _("What held meetings decided that somebody should do, as it stood on the day the figures were read."),
    )
    yield (
        "limits",
        _("Control limits"),
        _(
            "Mean ± 2.66 × the mean change from month to month (XmR), from twelve months on. A point outside is a "
            "real change; the ups and downs inside are not."
        ),
    )
    yield (
        "worked",
        _("Half and nine in ten"),
        _(
            "Of the incidents solved in the quarter, half took at most the first time, nine in ten at most the "
            "second: working time without the pauses."
        ),
    )


def _sources(levels: ServiceLevels) -> list[Definition]:
    return [Definition(one.name, _source(one)) for one in levels.sources]


def _source(one: Source) -> str:
    values = {"incidents": voice.number(one.incidents), "instant": formats.instant(one.newest, voice.language())}
    return _("%(incidents)s incidents, the newest reported %(instant)s") % values


def _version(one: VersionUsed) -> Definition:
    judged = _("judged %(incidents)s incidents of the quarter; opening hours: %(calendars)s.") % {
        "incidents": voice.number(one.incidents),
        "calendars": voice.listed([_versioned(each.name, each.number) for each in one.calendars]),
    }
    return Definition(_versioned(one.agreement, one.number), f"{_holds(one)}; {judged}")


def _versioned(name: str, number: int) -> str:
    return _("%(agreement)s, version %(number)s") % {"agreement": name, "number": number}


def _holds(one: VersionUsed) -> str:
    first, last = (formats.day(day, voice.language()) if day else "" for day in (one.first_day, one.last_day))
    if last:
        return _("In force from %(first)s to %(last)s") % {"first": first, "last": last}
    return _("In force from %(first)s") % {"first": first}
