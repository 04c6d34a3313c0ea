from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SlaConfig(AppConfig):
    name = "sla"
    verbose_name = _("Service levels")

    def ready(self) -> None:
        from services.promises import AGREED
        from sla import handlers  # noqa: F401 - registers its handler once the models are there
        from sla.imports import job  # noqa: F401 - likewise
        from sla.lead_times import agreed

        AGREED.append(agreed)
