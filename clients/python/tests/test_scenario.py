"""The scenario that all clients play, while the service is killed and started again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import program
from door import Door
from operation_center import Client
from player import SCENARIO, Player
from service import LIMIT, Service


@pytest.fixture
def scenario() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCENARIO.read_text())
    return found


@pytest.fixture
def played(scenario: dict[str, Any], tmp_path: Path) -> Iterator[Service]:
    """The service that the scenario asks for: on one port, with one folder, however often."""
    settings = tmp_path / "simulator.json"
    settings.write_text(json.dumps(scenario["simulator"]))
    arguments = (*scenario["serve"], "--simulator", str(settings))
    with Service(program(), tmp_path, tmp_path / "data", arguments, keeps_port=True) as found:
        yield found


def test_nothing_is_done_twice_and_no_event_is_missed_or_doubled(
    scenario: dict[str, Any], played: Service
) -> None:
    with (
        Door(played.address_file.read_text().strip()) as door,
        Client.connect(door.address, token_file=played.token_file, timeout=LIMIT) as client,
    ):
        player = Player(client, played, door)
        player.play(scenario["steps"])
        player.close()
    assert player.in_flight >= 117
    print(f"{player.in_flight} calls were in flight when the service was killed")
