"""Byte streams for the plain client: sockets, processes, and any pair of streams."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import subprocess
import threading
from typing import IO, Protocol

from .deadline import Deadline
from .errors import ConnectionLostError, ServiceEndedError

# Enough for many answers at once, and as much as a pipe holds.
CHUNK = 65536

# After its input has ended a service answers what it has read, and syncs its journal.
STOP_SECONDS = 10.0


class Stream:
    """Two descriptors that never block, so that every wait can have a limit."""

    def __init__(self, reading: int, writing: int) -> None:
        self._reading, self._writing = reading, writing
        for descriptor in {reading, writing}:
            os.set_blocking(descriptor, False)
        # Closing has to wake whoever waits for input.
        self._waking, self._wake = os.pipe()
        self._readers = select.poll()
        self._readers.register(reading, select.POLLIN)
        self._readers.register(self._waking, select.POLLIN)
        self._is_closed = False

    def read(self, deadline: Deadline, until_writable: bool = False) -> bytes | None:
        """What has come; nothing where the peer has ended, None where the wait is over."""
        waiting = self._readers
        if until_writable:
            waiting = select.poll()
            waiting.register(self._reading, select.POLLIN)
            waiting.register(self._waking, select.POLLIN)
            if self._reading == self._writing:
                waiting.register(self._writing, select.POLLIN | select.POLLOUT)
            else:
                waiting.register(self._writing, select.POLLOUT)
        ready = dict(waiting.poll(deadline.remaining() * 1000 + 1))
        if self._waking in ready:
            return b""
        if not ready.get(self._reading, 0) & ~select.POLLOUT:
            return None
        try:
            return os.read(self._reading, CHUNK)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    def wait_writable(self, deadline: Deadline) -> None:
        """Waits until something can be written, or the deadline."""
        waiting = select.poll()
        waiting.register(self._writing, select.POLLOUT)
        waiting.register(self._waking, select.POLLIN)
        waiting.poll(deadline.remaining() * 1000 + 1)

    def write(self, data: memoryview) -> int:
        """Writes what can be written at once; raises where the peer is gone."""
        try:
            return os.write(self._writing, data)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise ConnectionLostError(f"the connection is lost: {error.strerror}") from None

    def wake(self) -> None:
        """Ends every wait for input, now and later."""
        with contextlib.suppress(OSError):
            os.write(self._wake, b"!")

    def close(self) -> None:
        """Frees the descriptors. Nobody may wait any more."""
        if not self._is_closed:
            self._is_closed = True
            for descriptor in (self._waking, self._wake):
                os.close(descriptor)
            self._close_peer()

    def _close_peer(self) -> None:
        for descriptor in {self._reading, self._writing}:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def ending(self) -> ConnectionLostError:
        """Why the peer has ended, as far as can be known."""
        return ConnectionLostError("the service has closed the connection")


class SocketStream(Stream):
    """A socket, which it owns."""

    def __init__(self, peer: socket.socket) -> None:
        self._socket = peer
        super().__init__(peer.fileno(), peer.fileno())

    def _close_peer(self) -> None:
        self._socket.close()


class ProcessStream(Stream):
    """The standard streams of a process that this client has spawned."""

    def __init__(self, command: list[str], stderr: int | IO[bytes] | None) -> None:
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, bufsize=0
        )
        assert self._process.stdin
        assert self._process.stdout
        super().__init__(self._process.stdout.fileno(), self._process.stdin.fileno())

    @property
    def process_id(self) -> int:
        """The number of the process."""
        return self._process.pid

    def _close_peer(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._drain(Deadline(STOP_SECONDS))
        for stop in (self._process.terminate, self._process.kill):
            if self._process.poll() is None:
                stop()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self._process.wait(STOP_SECONDS)
        self._process.stdout.close()

    def _drain(self, deadline: Deadline) -> None:
        """A process that cannot write its last answers would never end."""
        assert self._process.stdout
        waiting = select.poll()
        waiting.register(self._process.stdout.fileno(), select.POLLIN)
        while not deadline.has_passed:
            if waiting.poll(deadline.remaining() * 1000 + 1):
                try:
                    if not os.read(self._process.stdout.fileno(), CHUNK):
                        break
                except BlockingIOError:
                    continue
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(deadline.remaining())

    def ending(self) -> ConnectionLostError:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        return process_ending(self._process.returncode)


def process_ending(code: int | None) -> ServiceEndedError:
    """The error that says how a process has ended."""
    how = "has closed its output" if code is None else f"has ended with code {code}"
    if code is not None and code < 0:
        how = f"was ended by signal {-code}"
    return ServiceEndedError(f"the service {how}", code)


class Connector(Protocol):
    """A way to the service."""

    can_reconnect: bool
    """Whether a lost connection may be replaced by a new one."""

    def open(self, deadline: Deadline) -> Stream:
        """A new connection; raises `ConnectionLostError` where there is none now."""
        ...

    def token(self) -> str | None:
        """The token to show, read anew each time: a service makes another at each start."""
        ...


class ProcessConnector:
    """Spawns `opcenter serve --stdio`."""

    def __init__(
        self, command: list[str], can_reconnect: bool, stderr: int | IO[bytes] | None
    ) -> None:
        self._command, self.can_reconnect, self._stderr = command, can_reconnect, stderr

    def open(self, deadline: Deadline) -> Stream:  # noqa: ARG002
        try:
            return ProcessStream(self._command, self._stderr)
        except OSError as error:
            message = f"{self._command[0]} cannot be started: {error.strerror}"
            raise ServiceEndedError(message, None) from None

    def token(self) -> str | None:
        return None


class PairConnector:
    """A pair of streams that is there already."""

    can_reconnect = False

    def __init__(self, reader: IO[bytes], writer: IO[bytes]) -> None:
        self._reader, self._writer = reader, writer

    def open(self, deadline: Deadline) -> Stream:  # noqa: ARG002
        ends = _descriptor(self._reader), _descriptor(self._writer)
        if ends[0] is not None and ends[1] is not None:
            self._writer.flush()
            return Stream(os.dup(ends[0]), os.dup(ends[1]))
        return self._bridged()

    def token(self) -> str | None:
        return None

    def _bridged(self) -> Stream:
        """Streams without descriptors block; two threads pass their bytes on."""
        near, far = socket.socketpair()
        for target, end in ((self._pump_in, far.dup()), (self._pump_out, far)):
            threading.Thread(target=target, args=(end,), daemon=True).start()
        return SocketStream(near)

    def _pump_in(self, far: socket.socket) -> None:
        read = getattr(self._reader, "read1", self._reader.read)
        with far, contextlib.suppress(OSError, ValueError):
            while data := read(CHUNK):
                far.sendall(data)
            far.shutdown(socket.SHUT_WR)

    def _pump_out(self, far: socket.socket) -> None:
        with far, contextlib.suppress(OSError, ValueError):
            while data := far.recv(CHUNK):
                self._writer.write(data)
                self._writer.flush()
            self._writer.close()


def _descriptor(stream: IO[bytes]) -> int | None:
    try:
        return stream.fileno()
    except (OSError, AttributeError, ValueError):
        return None
