"""A door in front of a service, behind which answers can be kept back."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self


class Door:
    """Passes bytes on between clients and one address, however often the service there begins."""

    def __init__(self, behind: str) -> None:
        host, port = behind.rsplit(":", 1)
        self._behind = host, int(port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = []
        self.is_held = False
        """Whether what the service says is dropped: calls are done, and nobody hears of it."""
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                try:
                    service = socket.create_connection(self._behind)
                except OSError:
                    client.close()
                    continue
                self._sockets += [client, service]
                for source, target in ((client, service), (service, client)):
                    pair = source, target, target is client
                    threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not (is_answer and self.is_held):
                    target.sendall(data)
        for each in (source, target):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
