"""Where a service listens and which token it wants; both may change when it starts anew."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TypeAlias

from .deadline import Deadline
from .errors import ConnectionLostError, OperationCenterError
from .generated.errors import UnauthenticatedError
from .streams import SocketStream, Stream

FilePath: TypeAlias = str | os.PathLike[str]


class StaleTokenError(Exception):
    """The token was refused, and its file has another one meanwhile: a service is starting."""

    def __init__(self, refusal: UnauthenticatedError) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


class ServiceAddress:
    """An address and a token, or the files in which a service leaves them."""

    can_reconnect = True

    def __init__(
        self,
        address: str | None,
        address_file: FilePath | None,
        token: str | None,
        token_file: FilePath | None,
    ) -> None:
        if (address is None) == (address_file is None):
            raise ValueError("give either an address, HOST:PORT, or an address_file")
        if token is not None and token_file is not None:
            raise ValueError("give either a token or a token_file")
        self._address, self._address_file = address, address_file
        self._token, self._token_file = token, token_file

    def where(self) -> tuple[str, int]:
        """Host and port; those of the file where there is one."""
        text = self._address or self._first_line(self._address_file)
        host, _, port = text.rpartition(":")
        if not host or not port.isdigit():
            raise OperationCenterError(f"expected HOST:PORT; found {text!r}")
        return host.strip("[]"), int(port)

    def token(self) -> str | None:
        """The token to show; None where the service asks for none."""
        return self._first_line(self._token_file) if self._token_file else self._token

    @staticmethod
    def _first_line(path: FilePath | None) -> str:
        assert path is not None
        try:
            return Path(path).read_text(encoding="utf-8").partition("\n")[0].strip()
        except OSError as error:
            # A service that is about to start has not written it yet.
            raise ConnectionLostError(f"{path} cannot be read: {error.strerror}") from None

    def open(self, deadline: Deadline) -> Stream:
        """A new connection."""
        where = self.where()
        try:
            found = socket.create_connection(where, timeout=max(0.001, deadline.remaining()))
        except OSError as error:
            reason = error.strerror or str(error)
            message = f"{where[0]}:{where[1]} cannot be reached: {reason}"
            raise ConnectionLostError(message) from None
        # Calls are small and wait for their answers.
        found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return SocketStream(found)
