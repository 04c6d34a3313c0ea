"""What the pages of report jobs say."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.job_stories import JobStory, Link, tell
from partnership.models import Job
from reports.actions import DRAFTING, OWN, PUBLISHING


def to_report(job: Job) -> Link:
    return _("Open the report"), reverse("reports:edition-detail", args=[job.result["edition"]])


def to_list(job: Job) -> Link:
    return _("To the reports"), reverse("reports:edition-list")


def to_own(job: Job) -> Link:
    edition, owner = job.result["edition"], job.result["owner"]
    return _("Open the report"), reverse("reports:edition-detail", args=[edition]) + f"?owner={owner}"


tell(
    DRAFTING,
    JobStory(
        gettext_lazy("Draft the board report"),
        lambda job: _("The report is made, in three languages."),
        to_list,
        to_report,
    ),
)
tell(
    PUBLISHING,
    JobStory(
        gettext_lazy("Publish the board report"),
        lambda job: _("The report is published, and the board is told by e-mail."),
        to_list,
        to_report,
    ),
)
tell(
    OWN,
    JobStory(
        gettext_lazy("Make an owner's own edition"),
        lambda job: _("The edition is made. It lies with the report."),
        to_list,
        to_own,
    ),
)
