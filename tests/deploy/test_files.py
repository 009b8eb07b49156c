"""The image and the compose file, read: each variable is one that we read, each command is there, each image tagged."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from attachment_app.lib import roles

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


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_each_part_signs_in_as_its_own_role(name: str) -> None:
    given = OURS[name]["environment"]
    role = {"web": roles.WEB}.get(name, roles.WORKER)
    assert given["DATABASE_ROLE"] == role
    assert given["DATABASE_URL"].startswith(f"postgres://{role}:${{{role.upper()}_DATABASE_PASSWORD")
    assert not {"DATABASE_ADMIN_URL", "DATABASE_PASSWORD"} & set(given)  # nobody who serves may migrate


def test_the_roles_and_tables_are_made_before() -> None:
    given = OURS["prepare"]["environment"]
    assert given["DATABASE_ROLE"] == roles.OWNER
    assert given["DATABASE_ADMIN_URL"].startswith("postgres://postgres:")


def test_files_are_shared_by_those_who_write_and_read_them() -> None:
    for name in ("web", "worker"):
        assert OURS[name]["volumes"] == ["files:/var/lib/to-and-fro/files"]


def test_the_env_that_the_readme_makes_has_every_secret() -> None:
    asked = set(re.findall(r"\$\{([A-Z_]+):\?", (ROOT / "docker-compose.yml").read_text()))
    made = README.split("## On a server")[1].split("```")[1]
    assert all(f"{name}" in made for name in asked), asked


def test_no_secret_stands_in_the_compose_file() -> None:
    for service in COMPOSE["services"].values():
        for name, value in service.get("environment", {}).items():
            if "PASSWORD" in name or "SECRET" in name:
                assert value.startswith("${"), name
        if "URL" in name and "DATABASE" in name:
            assert re.search(r":\$\{\w+\}@", value), name
