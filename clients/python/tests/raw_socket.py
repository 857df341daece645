"""A connection to a service with nothing of a client in it."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any, Self

from service import LIMIT, Service

# So many requests are under way at once; their answers fit into what sockets keep.
WINDOW = 50


class RawSocket:
    """Lines of JSON, there and back."""

    def __init__(self, service: Service) -> None:
        host, port = service.address_file.read_text().strip().rsplit(":", 1)
        self._socket = socket.create_connection((host, int(port)), timeout=LIMIT)
        self._lines = self._socket.makefile("rb")
        self._number = 0
        token = service.token_file.read_text().strip()
        assert "result" in self.ask("system.authenticate", {"token": token})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.close()
        self._socket.close()

    def ask(self, method: str, params: Any) -> dict[str, Any]:
        return self.ask_all([(method, params)])[0]

    def ask_all(self, calls: list[tuple[str, Any]]) -> list[dict[str, Any]]:
        """The answers to calls, in their order; notifications are passed over."""
        return [
            answer
            for start in range(0, len(calls), WINDOW)
            for answer in self._ask_some(calls[start : start + WINDOW])
        ]

    def _ask_some(self, calls: list[tuple[str, Any]]) -> list[dict[str, Any]]:
        first = self._number
        for method, params in calls:
            request = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}
            self._socket.sendall(json.dumps(request).encode() + b"\n")
            self._number += 1
        answers: dict[int, dict[str, Any]] = {}
        while len(answers) < len(calls):
            message = self._message()
            if "id" in message:
                answers[message["id"]] = message
        return [answers[number] for number in range(first, self._number)]

    def events(self, after: int) -> Iterator[dict[str, Any]]:
        """Every event after one, as it comes."""
        self.ask("events.subscribe", {"after_sequence": after})
        while True:
            message = self._message()
            if message.get("method") == "events.event":
                yield message["params"]

    def _message(self) -> dict[str, Any]:
        line = self._lines.readline()
        assert line, "the service has ended"
        found: dict[str, Any] = json.loads(line)
        return found
