"""Meetings of the bodies: agenda and who was there."""

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnership import access
from partnership.access import Permission
from partnership.history import tracked
from partnership.models.bodies import Body, Seat
from partnership.models.people import User


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("planned")
    CALLED = "called", _("called")
    HELD = "held", _("held")
    APPROVED = "approved", _("minutes approved")


AHEAD = (MeetingState.PLANNED, MeetingState.CALLED)
BEHIND = (MeetingState.HELD, MeetingState.APPROVED)


def may_write(user: Any, body: Body) -> bool:
    """The meeting secretary and the administrator everywhere, the chair in her own body."""
    return access.holds(user, Permission.MANAGE_MEETINGS) or Body.objects.led_by(user).filter(pk=body.pk).exists()


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> Self:
        """What is held, for everybody with a role; what lies ahead, for those who sit in the body or write for it.

        The call to an open meeting is for everybody.
        """
        if not access.holds_anywhere(user, Permission.SEE_BODIES):
            return self.none()
        if access.holds(user, Permission.MANAGE_MEETINGS):
            return self.all()
        behind = models.Q(state__in=BEHIND)
        open_call = models.Q(state=MeetingState.CALLED, body__is_open=True)
        return self.filter(behind | open_call | models.Q(body__in=Body.objects.sat_in_by(user)))

    def ahead(self) -> Self:
        return self.filter(state__in=AHEAD).order_by("starts")


@tracked()
class Meeting(models.Model):
    """Number 3/26 of its body. From planned by way of called and held to approved minutes, after which it stands."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name=_("body"))
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    starts = models.DateTimeField(_("time"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    is_remote = models.BooleanField(_("remote meeting"), default=False)
    state = models.CharField(_("state"), max_length=8, choices=MeetingState, default=MeetingState.PLANNED)
    called = models.DateTimeField(_("called"), null=True, blank=True)
    remarks = models.TextField(_("text of the minutes"), blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="meeting_number_once_a_year"),
            models.UniqueConstraint(
                fields=["body", "starts"],
                name="one_meeting_of_a_body_at_a_time",
                violation_error_message=_("The body has a meeting at this time already."),
            ),
        ]

    def __str__(self) -> str:
        return _("%(body)s %(number)s") % {"body": self.body, "number": self.label}

    @property
    def label(self) -> str:
        return short_number(self.number, self.year)

    @property
    def is_approved(self) -> bool:
        return self.state == MeetingState.APPROVED

    @property
    def is_treatable(self) -> bool:
        """Matters are decided from the call on, until the minutes are approved."""
        return self.state in {MeetingState.CALLED, MeetingState.HELD}


def short_number(number: int, year: int) -> str:
    """«3/26»."""
    return f"{number}/{year % 100:02}"


class OfMeetingQuerySet[M: models.Model](models.QuerySet[M]):
    """Rows of a meeting exist for those for whom the meeting exists."""

    meeting_path = "meeting"

    def visible_to(self, user: Any) -> Self:
        return self.filter(**{f"{self.meeting_path}__in": Meeting.objects.visible_to(user)})


class AgendaItemQuerySet(OfMeetingQuerySet["AgendaItem"]):
    pass


@tracked()
class AgendaItem(models.Model):
    """A matter, number 12/26 in its body's year. `revision` counts what was written: nobody overwrites blindly."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    body = models.ForeignKey(Body, models.PROTECT, related_name="items", editable=False)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    case_text = models.TextField(_("case text"), blank=True)
    proposal = models.TextField(_("proposed resolution"), blank=True)
    revision = models.PositiveIntegerField(default=0, editable=False)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="matter_number_once_a_year"),
            models.UniqueConstraint(
                fields=["meeting", "title"],
                name="matter_once_on_an_agenda",
                violation_error_message=_("A matter with this title is on the agenda already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.title}"

    @property
    def label(self) -> str:
        return short_number(self.number, self.year)


class Presence(models.TextChoices):
    PRESENT = "present", _("present")
    ABSENT = "absent", _("absent")
    CALLED_IN = "called_in", _("called in")


class AttendanceQuerySet(OfMeetingQuerySet["Attendance"]):
    pass


@tracked()
class Attendance(models.Model):
    """A seat at a meeting. A deputy stands in for the seat of a member who is absent."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name=_("meeting"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendance", verbose_name=_("seat"))
    presence = models.CharField(_("presence"), max_length=9, choices=Presence)
    stands_in_for = models.ForeignKey(
        Seat, models.PROTECT, related_name="stood_in_by", null=True, blank=True, verbose_name=_("stands in for")
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="seat_once_at_a_meeting")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_presence_display()}"

    @property
    def weight(self) -> Decimal:
        """A deputy casts the votes of the seat."""
        return (self.stands_in_for or self.seat).weight


class DisqualificationQuerySet(OfMeetingQuerySet["Disqualification"]):
    meeting_path = "item__meeting"


@tracked()
class Disqualification(models.Model):
    """Somebody who is disqualified takes no part in the matter, and the body says why."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="disqualified", verbose_name=_("matter"))
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", verbose_name=_("disqualified"))
    reason = models.CharField(_("reason"), max_length=200, help_text=_("What the body built on, with the section."))

    objects = DisqualificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("disqualification")
        verbose_name_plural = _("disqualifications")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "seat"],
                name="disqualified_once_in_a_matter",
                violation_error_message=_("This is written down already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.reason}"


class MinutesQuerySet(OfMeetingQuerySet["Minutes"]):
    pass


@tracked(exclude=("pdf",))
class Minutes(models.Model):
    """The approved minutes as they were frozen: the paper and its digest."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes", verbose_name=_("meeting"))
    language = models.CharField(_("language"), max_length=2)
    html = models.TextField()
    pdf = models.BinaryField()
    digest = models.CharField("SHA-256", max_length=64)
    approved = models.DateTimeField(_("approved"))
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True, verbose_name=_("approved by"))

    objects = MinutesQuerySet.as_manager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")

    def __str__(self) -> str:
        return str(self.meeting)
