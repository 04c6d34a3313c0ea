"""The technical administration, for superusers only; the partnership's own administrator works in the pages."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin

from partnership.models import Job, Organisation, Participation, Partnership, RoleGrant, User

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ("name", "email", "is_active", "is_superuser")
    search_fields = ("name", "email")
    exclude = ("password",)
    readonly_fields = ("email", "last_login")  # the login keeps its own row of the address


@admin.register(RoleGrant)
class RoleGrantAdmin(admin.ModelAdmin):
    list_display = ("user", "role", "organisation", "period")
    list_select_related = ("user", "organisation")
    list_filter = ("role",)


@admin.register(Job)
class JobAdmin(admin.ModelAdmin):
    list_display = ("kind", "key", "state", "created", "finished")
    list_filter = ("state", "kind")


admin.site.register([Organisation, Participation, Partnership])
