"""One open connection of the plain client, which needs no thread of its own.

Whoever waits for something reads for all: one thread at a time takes what comes and settles the
answers of the others, until its own is there. So a lone call costs no change of threads.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Self

from .call import PreparedCall
from .deadline import Deadline
from .errors import CallTimeoutError, ClientClosedError, ConnectionLostError
from .session import Reply, Session
from .streams import Stream

# A cancellation is a courtesy: it may take this long, and is not worth more.
CANCEL_SECONDS = 1.0

# A peer that takes nothing more has ended, or is about to: so long its last words are read.
ENDING_SECONDS = 1.0


class UnsentError(ConnectionLostError):
    """The connection was lost before anything was sent, so that sending it again is safe.

    It stays within the client: callers are told why the connection was lost.
    """

    def __init__(self, lost: ConnectionLostError) -> None:
        super().__init__(str(lost))
        self.lost = lost

    def fresh(self) -> Self:
        return type(self)(self.lost)


class Connection:
    """A stream and its session, for any number of threads."""

    def __init__(self, stream: Stream, session: Session) -> None:
        self._stream = stream
        self.session = session
        self._news = threading.Condition(threading.Lock())
        self._writing = threading.Lock()
        self._is_reading = False
        self._is_closed = False

    @property
    def is_lost(self) -> bool:
        """Whether a new connection is needed."""
        return self.session.lost is not None

    @property
    def stream(self) -> Stream:
        """The bytes below."""
        return self._stream

    def request(
        self, calls: Sequence[PreparedCall[Any]], is_batch: bool, deadline: Deadline
    ) -> list[Reply]:
        """Sends calls in one frame, and does not wait for their answers."""
        with self._news:
            if self.session.lost:
                raise UnsentError(self.session.lost)
            replies, frame = self.session.request(calls, is_batch)
        try:
            self._send(frame, deadline)
        except CallTimeoutError:
            self.cancel(replies, is_sent=False)
            raise
        return replies

    def wait(self, is_done: Callable[[], bool], deadline: Deadline) -> bool:
        """Reads until something is so; False where the deadline comes first."""
        with self._news:
            has_looked = False
            while not is_done():
                if self.session.lost:
                    raise self.session.lost.fresh()
                # Also whoever does not want to wait is told what is there.
                if has_looked and deadline.has_passed:
                    return False
                self._step(deadline)
                has_looked = True
        return True

    def cancel(self, replies: Sequence[Reply], is_sent: bool = True) -> None:
        """Gives up what is not answered yet."""
        with self._news:
            frame = self.session.cancellation(replies)
        if frame and is_sent and not self.is_lost:
            try:
                self._send(frame, Deadline(CANCEL_SECONDS))
            except (ConnectionLostError, CallTimeoutError):
                return

    def give_up(self) -> None:
        """The service does not answer any more: a new connection is needed."""
        self._fail(ConnectionLostError("the service does not answer"))

    def close(self) -> None:
        """Everybody who waits gets `ClientClosedError`."""
        with self._news:
            if self._is_closed:
                return
            self._is_closed = True
            self.session.fail(ClientClosedError("the client was closed"))
            self._stream.wake()
            while self._is_reading:
                self._news.wait()
        with self._writing:
            self._stream.close()

    def _step(self, deadline: Deadline, until_writable: bool = False) -> None:
        """Reads once, or waits while another thread does. The lock is held but for the wait."""
        if self._is_reading:
            if until_writable:
                self._released(lambda: self._stream.wait_writable(deadline))
            else:
                self._news.wait(deadline.remaining())
            return
        self._is_reading = True
        try:
            data = self._released(lambda: self._stream.read(deadline, until_writable))
            self._take(data)
        finally:
            self._is_reading = False
            self._news.notify_all()

    def _released(self, work: Callable[[], bytes | None]) -> bytes | None:
        self._news.release()
        try:
            return work()
        finally:
            self._news.acquire()

    def _take(self, data: bytes | None) -> None:
        if data is None or self.session.lost:
            return
        try:
            if data:
                self.session.feed(data)
            else:
                self.session.fail(self._stream.ending())
        except ConnectionLostError as error:
            self.session.fail(error)

    def _send(self, frame: bytes, deadline: Deadline) -> None:
        """One writer at a time, and whole frames."""
        if not self._writing.acquire(timeout=deadline.remaining() + 0.001):
            raise CallTimeoutError("the service does not read")
        try:
            if self.session.lost:
                raise UnsentError(self.session.lost)
            self._write(memoryview(frame), deadline)
        finally:
            self._writing.release()

    def _write(self, frame: memoryview, deadline: Deadline) -> None:
        rest = frame
        try:
            while True:
                rest = rest[self._stream.write(rest) :]
                if not rest:
                    return
                if deadline.has_passed:
                    raise CallTimeoutError("the service does not read")
                # A service whose answers nobody reads stops reading, too: so what comes is taken.
                with self._news:
                    if self.session.lost:
                        raise self.session.lost.fresh()
                    self._step(deadline, until_writable=True)
        except ConnectionLostError:
            lost = self._ended()
            if len(rest) == len(frame):
                raise UnsentError(lost) from None
            raise lost.fresh() from None
        finally:
            # Nothing may follow the beginning of a frame but its end.
            if rest and len(rest) < len(frame):
                self._fail(ConnectionLostError("a frame could not be written as a whole"))

    def _ended(self) -> ConnectionLostError:
        """What can be read is read first, since it may say why the peer has ended."""
        limit = Deadline(ENDING_SECONDS)
        with self._news:
            while not self.session.lost and not limit.has_passed:
                self._step(limit)
        self._fail(ConnectionLostError("the connection is lost"))
        assert self.session.lost
        return self.session.lost

    def _fail(self, error: ConnectionLostError) -> None:
        with self._news:
            self.session.fail(error)
            self._stream.wake()
            self._news.notify_all()
