"""Byte streams for the asyncio client: sockets, processes, and any pair of streams."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from typing import IO, Protocol

from .address import ServiceAddress
from .deadline import Deadline
from .errors import ConnectionLostError, ServiceEndedError
from .streams import STOP_SECONDS, process_ending


class AsyncStream:
    """A reader and a writer of asyncio."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def close(self) -> None:
        """Ends the connection."""
        self.writer.close()
        with contextlib.suppress(OSError, TimeoutError):
            await asyncio.wait_for(self.writer.wait_closed(), STOP_SECONDS)

    async def ending(self) -> ConnectionLostError:
        """Why the peer has ended, as far as can be known."""
        return ConnectionLostError("the service has closed the connection")


class AsyncProcessStream(AsyncStream):
    """The standard streams of a process that this client has spawned."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin
        assert process.stdout
        super().__init__(process.stdout, process.stdin)
        self._process = process

    @property
    def process_id(self) -> int:
        """The number of the process."""
        return self._process.pid

    async def close(self) -> None:
        """Ends its input, and waits for its end; it is told to hurry where it does not come."""
        self.writer.close()
        await self._wait()
        for stop in (self._process.terminate, self._process.kill):
            if self._process.returncode is None:
                stop()
                await self._wait()

    async def _wait(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._drained(), STOP_SECONDS)

    async def _drained(self) -> None:
        """A process that cannot write its last answers would never end."""
        while await self.reader.read(65536):
            pass
        await self._process.wait()

    async def ending(self) -> ConnectionLostError:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), 1.0)
        return process_ending(self._process.returncode)


class AsyncConnector(Protocol):
    """A way to the service."""

    can_reconnect: bool
    """Whether a lost connection may be replaced by a new one."""

    async def open(self, deadline: Deadline) -> AsyncStream:
        """A new connection; raises `ConnectionLostError` where there is none now."""
        ...

    def token(self) -> str | None:
        """The token to show, read anew each time: a service makes another at each start."""
        ...


class AsyncProcessConnector:
    """Spawns `opcenter serve --stdio`."""

    def __init__(
        self, command: list[str], can_reconnect: bool, stderr: int | IO[bytes] | None
    ) -> None:
        self._command, self.can_reconnect, self._stderr = command, can_reconnect, stderr

    async def open(self, deadline: Deadline) -> AsyncStream:  # noqa: ARG002
        pipe = asyncio.subprocess.PIPE
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=pipe, stdout=pipe, stderr=self._stderr
            )
        except OSError as error:
            message = f"{self._command[0]} cannot be started: {error.strerror}"
            raise ServiceEndedError(message, None) from None
        return AsyncProcessStream(process)

    def token(self) -> str | None:
        return None


class AsyncAddressConnector:
    """Connects to a service that listens."""

    can_reconnect = True

    def __init__(self, address: ServiceAddress) -> None:
        self._address = address

    async def open(self, deadline: Deadline) -> AsyncStream:
        host, port = self._address.where()
        try:
            async with asyncio.timeout(deadline.remaining()):
                reader, writer = await asyncio.open_connection(host, port)
        except TimeoutError:
            raise ConnectionLostError(f"{host}:{port} cannot be reached in time") from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConnectionLostError(f"{host}:{port} cannot be reached: {reason}") from None
        peer = writer.get_extra_info("socket")
        if peer is not None:
            # Calls are small and wait for their answers.
            peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return AsyncStream(reader, writer)

    def token(self) -> str | None:
        return self._address.token()


class AsyncPairConnector:
    """A pair of streams that is there already."""

    can_reconnect = False

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def open(self, deadline: Deadline) -> AsyncStream:  # noqa: ARG002
        return AsyncStream(self._reader, self._writer)

    def token(self) -> str | None:
        return None
