"""One open connection of the asyncio client."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any

from .async_streams import AsyncStream
from .call import PreparedCall
from .deadline import Deadline
from .errors import ClientClosedError, ConnectionLostError
from .session import Reply, Session

# As much as a pipe holds, and enough for many answers at once.
CHUNK = 65536

# So much may wait to be written before calls wait for it.
UNWRITTEN_BYTES = 1 << 20


class AsyncConnection:
    """A stream and its session; one task reads."""

    def __init__(self, stream: AsyncStream, session: Session) -> None:
        self._stream = stream
        self.session = session
        self._reading = asyncio.create_task(self._read())

    @property
    def is_lost(self) -> bool:
        """Whether a new connection is needed."""
        return self.session.lost is not None

    @property
    def stream(self) -> AsyncStream:
        """The bytes below."""
        return self._stream

    async def exchange(
        self, calls: Sequence[PreparedCall[Any]], is_batch: bool, deadline: Deadline
    ) -> list[Reply]:
        """Sends calls in one frame and waits for their answers; gives up where it is cancelled."""
        replies, frame = self.session.request(calls, is_batch)
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        self._settles(replies, done)
        timer = loop.call_later(deadline.remaining(), self._expire, done)
        try:
            self._stream.writer.write(frame)
            await self._drained(deadline)
            await done
        except TimeoutError:
            self._cancel(replies)
            raise calls[0].timed_out(deadline.seconds) from None
        except asyncio.CancelledError:
            self._cancel(replies)
            raise
        except OSError:
            self.session.fail(ConnectionLostError("the connection is lost"))
        finally:
            timer.cancel()
        for reply in replies:
            if isinstance(reply.error, ConnectionLostError):
                raise reply.error.fresh()
        return replies

    @staticmethod
    def _settles(replies: Sequence[Reply], done: asyncio.Future[None]) -> None:
        def check() -> None:
            if not done.done() and all(reply.is_done for reply in replies):
                done.set_result(None)

        for reply in replies:
            reply.on_done = check

    @staticmethod
    def _expire(done: asyncio.Future[None]) -> None:
        if not done.done():
            done.set_exception(TimeoutError())

    async def _drained(self, deadline: Deadline) -> None:
        """Waits while too much is not written yet."""
        if self._stream.writer.transport.get_write_buffer_size() > UNWRITTEN_BYTES:
            async with asyncio.timeout(deadline.remaining()):
                await self._stream.writer.drain()

    def _cancel(self, replies: Sequence[Reply]) -> None:
        frame = self.session.cancellation(replies)
        if frame and not self.is_lost:
            with contextlib.suppress(OSError, RuntimeError):
                self._stream.writer.write(frame)

    def give_up(self) -> None:
        """The service does not answer any more: a new connection is needed."""
        self.session.fail(ConnectionLostError("the service does not answer"))

    async def close(self) -> None:
        """Everybody who waits gets `ClientClosedError`."""
        self.session.fail(ClientClosedError("the client was closed"))
        self._reading.cancel()
        await asyncio.wait([self._reading])
        await self._stream.close()

    async def _read(self) -> None:
        try:
            while data := await self._stream.reader.read(CHUNK):
                self.session.feed(data)
        except ConnectionLostError as error:
            self.session.fail(error)
        except OSError:
            pass
        except Exception as error:
            # Nobody else would ever tell those who wait.
            self.session.fail(ConnectionLostError(f"an answer cannot be read: {error!r}"))
            raise
        self.session.fail(await self._stream.ending())
