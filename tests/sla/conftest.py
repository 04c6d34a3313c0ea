import pytest

from partnership.models import Organisation, OrganisationKind
from sla.models import ServiceAgreement
from tests import make
from tests.sla import winter


@pytest.fixture
def places(arendal, grimstad):
    services = [make.service("EPOST"), make.service("BRUKER")]
    return [(service, owner) for service in services for owner in (arendal, grimstad)]


@pytest.fixture
def committed_places(transactional_db):
    """Without the register, which does not outlive a test that commits."""
    owners = [Organisation.objects.create(kind=OrganisationKind.OTHER, name=name) for name in ("Havna", "Museet")]
    return [(make.service(), owner) for owner in owners[:1]] + [(make.service("BRUKER"), owners[1])]


@pytest.fixture
def agreed(places) -> ServiceAgreement:
    return winter.two_versions(places)
