"""The image and the compose file, read: each variable is one that we read, each command is there, each image tagged."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from attachment_app.embedded import places
from attachment_app.embedded.postgres import EXTENSIONS

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DOCKERFILE = (ROOT / "Dockerfile").read_text()
README = (ROOT / "README.md").read_text()
OURS = {name: service for name, service in COMPOSE["services"].items() if service.get("image") == "to-and-fro:local"}
FOR_PYTHON = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PIP_NO_CACHE_DIR"}


def read_by_us() -> set[str]:
    """Every environment variable that the code asks for."""
    asked = re.compile(r"""(?:env\.(?:text|flag|number|listing)|environ\.get)\(\s*"([A-Z_]+)\"""")
    return {name for path in (ROOT / "attachment_app").rglob("*.py") for name in asked.findall(path.read_text())}


def test_the_services_are_those_of_the_readme() -> None:
    assert set(OURS) == {"prepare", "web", "worker", "beat"}
    assert set(COMPOSE["services"]) - set(OURS) == {"database", "broker", "proxy"}


@pytest.mark.parametrize("name", sorted(OURS))
def test_every_variable_is_read(name: str) -> None:
    given = set(OURS[name]["environment"])
    assert {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "EMAIL_URL", "ALLOWED_HOSTS"} <= given
    assert given <= read_by_us()


def test_every_variable_of_the_image_is_read() -> None:
    given = re.findall(r"\b([A-Z_]+)=", " ".join(re.findall(r"^ENV (.*)$", DOCKERFILE, re.MULTILINE)))
    assert set(given) - FOR_PYTHON <= read_by_us()
    assert {"VAR_DIR", "HOST"} <= set(given)


def test_every_variable_that_is_read_is_in_the_readme() -> None:
    inside = {"UP_WITH_PARENT"}  # set by the Makefile for the supervisor
    assert {name for name in read_by_us() - inside if f"`{name}`" not in README} == set()


def test_what_compose_asks_of_the_operator_is_in_the_readme() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    assert asked
    assert all(f"`{name}`" in README for name in asked)


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_every_image_has_a_tag(name: str) -> None:
    image = COMPOSE["services"][name]["image"]
    assert re.fullmatch(r"[\w/-]+:[\w.-]+", image)
    assert not image.endswith(":latest")


def test_the_base_image_is_tagged_and_the_site_is_not_root() -> None:
    assert re.search(r"^FROM python:3\.\d+-slim-\w+$", DOCKERFILE, re.MULTILINE)
    assert DOCKERFILE.index("USER toandfro") < DOCKERFILE.index("\nCMD ")
    assert "HEALTHCHECK" in DOCKERFILE


def commands() -> list[Any]:
    found = [service["command"] for service in OURS.values() if "command" in service]
    return [*found, yaml.safe_load(DOCKERFILE.rsplit("\nCMD ", 1)[1])]


@pytest.mark.parametrize("command", commands(), ids=lambda command: " ".join(command[:3]))
def test_every_command_exists(command: list[str]) -> None:
    if command[:2] == ["python", "manage.py"]:
        assert command[2] in get_commands()
    else:
        assert command[0] in {"celery", "granian"}
        assert f"\n{command[0]}==" in (ROOT / "requirements.lock").read_text()
        assert any(part.startswith("attachment_app") for part in command)


def test_the_others_wait_for_the_tables() -> None:
    for name in ("web", "worker", "beat"):
        waits = OURS[name]["depends_on"]
        assert waits["prepare"] == {"condition": "service_completed_successfully"}
        assert waits["database"] == {"condition": "service_healthy"}


def test_the_broker_throws_nothing_away() -> None:
    command = COMPOSE["services"]["broker"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"


def test_the_database_is_made_as_the_embedded_one_is() -> None:
    script = COMPOSE["configs"]["owner"]["content"]
    assert f"CREATE ROLE {places.ROLE} LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB" in script
    assert f"CREATE DATABASE {places.DATABASE} OWNER {places.ROLE};" in script
    assert set(re.findall(r"CREATE EXTENSION (\w+);", script)) == set(EXTENSIONS)


def test_no_secret_stands_in_the_compose_file() -> None:
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "SECRET" in name:
                assert value.startswith("${"), name
    assert "owner:${DATABASE_PASSWORD" in OURS["web"]["environment"]["DATABASE_URL"]
