from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from partnership import mending


class PartnershipConfig(AppConfig):
    name = "partnership"
    verbose_name = _("Partnership")

    def ready(self) -> None:
        mending.teach()
