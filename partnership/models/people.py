"""People and what they may do. Names and work contact only."""

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models.functions import Coalesce, Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partnership.access import Permission, Role, TenantQuerySet, reach, roles_with
from partnership.history import tracked
from partnership.models.organisations import Organisation, sort_key
from partnership.periods import PeriodModel, PeriodQuerySet


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: Any) -> Self:
        """Oneself, and those whose roles lie where one may see people."""
        organisations = reach(user, Permission.SEE_PEOPLE)
        if organisations is None:
            return self.all()
        return self.filter(models.Q(pk=user.pk) | models.Q(grants__organisation__in=organisations)).distinct()

    def managed_by(self, user: Any) -> Self:
        """Those whose every role, now and later, lies where one may manage people; superusers only by their like."""
        organisations = reach(user, Permission.MANAGE_PEOPLE)
        people = self.all() if user.is_superuser else self.filter(is_superuser=False)
        if organisations is None:
            return people
        elsewhere = RoleGrant.objects.lasting().exclude(organisation__in=organisations)
        inside = people.filter(grants__organisation__in=organisations)
        return inside.exclude(pk__in=elsewhere.values("user")).distinct()


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.lower(), name=name, **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, name, password, is_superuser=True, is_staff=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser):
    """A person who logs in with a work e-mail address, or a machine (role integration)."""

    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("Another person has this e-mail address.")}
    )
    name = models.CharField(_("name"), max_length=100)
    title = models.CharField(_("title"), max_length=100, blank=True)
    phone = models.CharField(_("work phone"), max_length=20, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
        blank=True,
        help_text=_("Empty: the municipality's language."),
    )
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("may use the technical administration"), default=False)
    is_superuser = models.BooleanField(_("technical superuser"), default=False)
    sort_key = sort_key("name")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="email_in_small_letters",
                violation_error_message=_("Write the e-mail address in small letters."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def current_grants(self) -> list["RoleGrant"]:
        """The roles held today, read once a request."""
        return list(self.grants.current().select_related("organisation"))

    def clean(self) -> None:
        super().clean()
        self.email = self.email.lower()

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name.split() else self.email

    @property
    def initials(self) -> str:
        words = self.name.split() or [self.email]
        ends = words if len(words) == 1 else [words[0], words[-1]]
        return "".join(word[0].upper() for word in ends)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """The technical administration's question; the product asks `access`."""
        return self.is_active and self.is_superuser

    def has_perms(self, perms: Iterable[str], obj: object = None) -> bool:
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_superuser


class RoleGrantQuerySet(PeriodQuerySet["RoleGrant"], TenantQuerySet["RoleGrant"]):
    seen_with = Permission.SEE_PEOPLE

    def holding(self, permission: Permission) -> Self:
        """Of people who may log in, roles that today give this permission."""
        return self.current().filter(role__in=roles_with(permission), user__is_active=True)

    def administrators(self) -> Self:
        """Administrators of the whole partnership; one there must always be."""
        return self.filter(role=Role.ADMINISTRATOR, organisation=None)


@tracked()
class RoleGrant(PeriodModel):
    """A role that a person holds in one organisation, or in the whole partnership, for a time."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="grants",
        null=True,
        blank=True,
        verbose_name=_("organisation"),
        help_text=_("Empty: the whole partnership."),
    )

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["role", "organisation__sort_key", "pk"]
        constraints = [
            ExclusionConstraint(
                name="role_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Coalesce("organisation", 0), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The person holds this role here in part of this period already."),
            )
        ]

    def __str__(self) -> str:
        return self.get_role_display()

    @property
    def is_administrator(self) -> bool:
        """Of the whole partnership, not of one organisation."""
        return self.role == Role.ADMINISTRATOR and self.organisation_id is None

    def reaches(self, organisation: Organisation | None) -> bool:
        """A grant without an organisation reaches them all; no organisation asks for the whole partnership."""
        return self.organisation_id is None or (organisation is not None and self.organisation_id == organisation.pk)
