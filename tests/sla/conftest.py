import json
from typing import Any

import pytest
from django.core.management import call_command

from partnership.access import Role
from partnership.models import Organisation, OrganisationKind
from sla.models import AgreementVersion, ServiceAgreement
from tests import make
from tests.portal.test_api import bearer
from tests.sla import winter
from tests.sla.loading import CONFIG


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


@pytest.fixture
def email(db):
    return make.service("EPOST", "E-post")


@pytest.fixture
def manager(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def version(email, arendal) -> AgreementVersion:
    """The first of an agreement, in force since long ago for one owner."""
    make.participation(arendal)
    return make.agreement((email, arendal))


@pytest.fixture
def agreement(version) -> ServiceAgreement:
    return version.agreement


@pytest.fixture
def held(email, arendal, grimstad):
    for owner in (arendal, grimstad):
        make.subscription(owner, email)
    return email


@pytest.fixture
def readers(arendal, grimstad):
    return [
        make.person("Kari Li", Role.ORDER_PLACER, at=arendal),
        make.person("Per Moe", Role.LOCAL_ICT_CONTACT, at=grimstad),
        make.person("Leser", Role.MUNICIPAL_READER, at=arendal),
    ]


@pytest.fixture
def sent(client, db):
    """Sends a message as a system of the partnership does."""
    headers = bearer(make.person("Monitor", Role.SERVICE_MANAGER))

    def send(sender: str, message: Any, query: str = "", who: Any = headers):
        body = message if isinstance(message, bytes) else json.dumps(message)
        return client.post(f"/api/v1/monitoring/{sender}/{query}", body, content_type="application/json", headers=who)

    return send


@pytest.fixture
def load(tmp_path, db, capsys):
    def run(first_day: str, **changes) -> str:
        config = {key: value for key, value in (CONFIG | changes).items() if value is not ...}
        path = tmp_path / "cfg.json"
        path.write_text(json.dumps(config), encoding="utf-8")
        call_command("load_agreement", str(path), "--from", first_day)
        said = capsys.readouterr()
        run.warned = said.err
        return said.out

    return run
