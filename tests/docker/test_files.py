"""The container files: what can be held to without an engine. docs/docker.md says how they were tried."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from graphcrm.settings import Settings, variable

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]
OURS = ("app", "prepare")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
INSTRUCTIONS = [
    line.split(maxsplit=1)
    for line in DOCKERFILE.replace("\\\n", " ").splitlines()
    if line and not line.startswith("#")
]
SETTINGS = {variable(name) for name in Settings.model_fields}
SERVE = {name for name in SETTINGS if name.startswith("GRAPHCRM_SERVE_")}


def said(instruction: str) -> list[str]:
    return [rest for name, rest in INSTRUCTIONS if name == instruction]


def test_every_port_is_published_on_the_loopback_address_only() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert len(ports) == 3
    assert all(port.startswith("127.0.0.1:") for port in ports)
    assert all(service.get("network_mode") is None for service in SERVICES.values())


def test_only_who_is_published_on_loopback_listens_everywhere() -> None:
    for name, service in SERVICES.items():
        vouched = service["environment"].get("GRAPHCRM_SERVE_BEHIND_LOOPBACK")
        assert vouched == ("1" if name == "app" else None)
    assert not SERVE & set(DOCKERFILE.split()), "the image itself vouches for nothing"


def test_the_password_is_asked_for_and_stands_nowhere() -> None:
    asked = r"\$\{NEO4J_PASSWORD:\?[^}]+\}"
    assert re.fullmatch(f"neo4j/{asked}", SERVICES["neo4j"]["environment"]["NEO4J_AUTH"])
    for name in OURS:
        assert re.fullmatch(asked, SERVICES[name]["environment"]["GRAPHCRM_NEO4J_PASSWORD"])
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(r"^NEO4J_PASSWORD=$", example, re.MULTILINE)


def test_neo4j_is_pinned_checked_and_keeps_its_data() -> None:
    neo4j = SERVICES["neo4j"]
    assert re.fullmatch(r"neo4j:5\.26\.\d+-community", neo4j["image"])
    assert "RETURN 1" in neo4j["healthcheck"]["test"][1]
    assert neo4j["volumes"] == ["neo4j-data:/data"]
    assert set(COMPOSE["volumes"]) == {"neo4j-data"}


@pytest.mark.parametrize("name", OURS)
def test_ours_run_without_rights_on_a_read_only_file_system(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "user" not in service
    assert service["depends_on"]["neo4j"] == {"condition": "service_healthy"}


def test_the_app_waits_for_the_schema() -> None:
    assert SERVICES["prepare"]["command"] == ["db", "migrate"]
    assert SERVICES["app"]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting(name: str) -> None:
    assert set(SERVICES[name]["environment"]) <= SETTINGS


def test_every_variable_of_the_file_is_in_the_example() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", text))
    assert used == set(re.findall(r"^#?(\w+)=", example, re.MULTILINE))


def test_the_image_is_pinned_and_ends_as_an_ordinary_user() -> None:
    stages = said("FROM")
    assert [stage.split()[0] for stage in stages] == ["python:3.13-slim-trixie"] * 2
    assert said("USER") == ["10001:10001"]
    names = [name for name, _ in INSTRUCTIONS]
    assert names.index("USER") > max(i for i, name in enumerate(names) if name in {"COPY", "RUN"})
    assert "/healthz" in said("HEALTHCHECK")[0]
    assert "--locked" in DOCKERFILE
    assert re.search(r"uv==\d+\.\d+\.\d+", DOCKERFILE)


def test_the_image_is_built_of_what_is_there_and_of_nothing_else() -> None:
    allowed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    copied = {part for rest in said("COPY") if "--from" not in rest for part in rest.split()[:-1]}
    assert copied == allowed
    assert all((ROOT / name).exists() or (ROOT / "graphcrm" / name).exists() for name in copied)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {project["readme"], *project["license-files"]} <= copied
    links = {place.readlink().name for place in (ROOT / "graphcrm").iterdir() if place.is_symlink()}
    assert links <= copied, "a link in graphcrm/ needs its folder in the image"
