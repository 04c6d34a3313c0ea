"""docker-compose.yml stays valid, also on machines without Docker's compose plugin."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
OURS = {"web", "worker", "beat", "migrate"}
LASTING = {"web", "worker", "beat", "postgres", "valkey"}


def environment_example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def docker(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [shutil.which("docker") or "docker", "compose", *arguments]
    environment = os.environ | environment_example()
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_docker_accepts_the_file_with_the_example_settings() -> None:
    if not shutil.which("docker") or docker("version").returncode:
        pytest.skip("docker compose is not on this machine")
    checked = docker("config", "--quiet")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_the_services_are_the_app_three_times_its_migration_and_two_servers(compose) -> None:
    assert compose["services"].keys() == OURS | LASTING


def test_every_service_that_lasts_has_a_health_check_and_comes_back_after_a_crash(compose) -> None:
    lasting = {name for name, service in compose["services"].items() if service["restart"] == "unless-stopped"}
    assert lasting == LASTING
    assert {name for name, service in compose["services"].items() if "healthcheck" in service} == LASTING


def test_our_services_run_as_the_dockerfiles_user_and_can_write_nothing_but_their_volumes(compose) -> None:
    user = next(
        line.split()[1]
        for line in (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
        if line.startswith("USER ")
    )
    for name in OURS:
        service = compose["services"][name]
        assert (service["user"], service["read_only"], service["cap_drop"]) == (f"{user}:{user}", True, ["ALL"])


def test_the_app_waits_for_its_migration_and_healthy_servers(compose) -> None:
    for name in OURS - {"migrate"}:
        waits = {other: wait["condition"] for other, wait in compose["services"][name]["depends_on"].items()}
        assert waits == {
            "migrate": "service_completed_successfully",
            "postgres": "service_healthy",
            "valkey": "service_healthy",
        }


def test_secrets_come_from_files_and_none_stands_in_the_environment(compose) -> None:
    assert {name: secret["file"] for name, secret in compose["secrets"].items()} == {
        name: f"./secrets/{name}" for name in ("secret_key", "database_password", "email_password")
    }
    for service in compose["services"].values():
        given = {f"/run/secrets/{name}" for name in service.get("secrets", [])}
        assert {value for name, value in service.get("environment", {}).items() if name.endswith("_FILE")} == given
        assert not {"SECRET_KEY", "DATABASE_PASSWORD", "EMAIL_HOST_PASSWORD"} & service.get("environment", {}).keys()


def test_only_the_web_server_is_reached_from_outside_and_data_lies_in_volumes(compose) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["web"]
    assert {name: service.get("volumes") for name, service in compose["services"].items()} == {
        "web": None,
        "worker": None,
        "beat": ["beat:/app/beat"],
        "migrate": None,
        "postgres": ["postgres:/var/lib/postgresql"],
        "valkey": ["valkey:/data"],
    }
    assert compose["volumes"].keys() == {"beat", "postgres", "valkey"}


def test_every_setting_of_the_example_reaches_the_containers_and_no_other_does() -> None:
    asked = re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert set(asked) == environment_example().keys()
