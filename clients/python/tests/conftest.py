"""Services to test against: the real one, which OPCENTER names, and ones that misbehave."""

from __future__ import annotations

import json
import os
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import make_instances
from operation_center import Client
from service import Service


def pytest_report_header() -> str:
    return f"seed {SEED} (OPCENTER_SEED), service {program()}"


Instance = dict[str, Any]

SEED = int(os.environ.get("OPCENTER_SEED", str(random.SystemRandom().randrange(1 << 32))))


def program() -> str:
    """The program to test against."""
    found = os.environ.get("OPCENTER", "")
    if not found:
        pytest.exit("set OPCENTER to the program", returncode=2)
    return found


@pytest.fixture
def chance() -> random.Random:
    return random.Random(SEED)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service that listens and keeps nothing."""
    with Service(program(), tmp_path) as found:
        yield found


@pytest.fixture
def durable(tmp_path: Path) -> Iterator[Service]:
    """A service that listens and keeps everything."""
    with Service(program(), tmp_path, data=tmp_path / "data") as found:
        yield found


@pytest.fixture
def client() -> Iterator[Client]:
    """A client with a service of its own."""
    with Client.spawn(
        program(), arguments=["--memory"], stderr=subprocess.DEVNULL, timeout=20
    ) as found:
        yield found


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The schema, as the service tells it, or another one that OPCENTER_SCHEMA names."""
    if "OPCENTER_SCHEMA" in os.environ:
        found: dict[str, Any] = json.loads(Path(os.environ["OPCENTER_SCHEMA"]).read_text())
        return found
    with Client.spawn(
        program(), arguments=["--memory"], stderr=subprocess.DEVNULL, timeout=20
    ) as client:
        return client.rpc.discover()


@pytest.fixture(scope="session")
def instances_file(
    document: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """Right and wrong values of every type: the file of OPCENTER_INSTANCES, or a new one."""
    given = os.environ.get("OPCENTER_INSTANCES")
    file = Path(given) if given else tmp_path_factory.mktemp("instances") / "instances.json"
    if not given:
        file.write_text(make_instances.make(document, SEED))
    found: dict[str, Any] = json.loads(file.read_text())
    return found


@pytest.fixture(scope="session")
def instances(instances_file: dict[str, Any]) -> list[Instance]:
    """Each value that is right, and each that is wrong."""
    found: list[Instance] = instances_file["instances"]
    return found
