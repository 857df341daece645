"""The plain client, for any number of threads."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import IO, Any, Self

from .address import FilePath, ServiceAddress, StaleTokenError
from .batch import outcome
from .call import Call, Item, PagedCall, Result
from .connection import Connection
from .deadline import Deadline, Patience, pauses
from .errors import (
    CallTimeoutError,
    ClientClosedError,
    ConnectionLostError,
    RefusedError,
    SchemaMismatchWarning,
)
from .events import EventStream, StatisticsStream
from .exchange import Batch, Exchange, PendingCall, ask, decoded
from .feed import CampaignFeed
from .following import EventPlace, StatisticsPlace
from .generated import calls
from .generated.errors import UnauthenticatedError
from .generated.methods import SCHEMA_VERSION
from .generated.namespaces import ClientCalls
from .generated.types import EventKindValue
from .session import Session, schema_warning
from .streams import Connector, PairConnector, ProcessConnector
from .values import JSONObject

# Most calls take a millisecond; a forecast or a count of a long list may take seconds.
DEFAULT_TIMEOUT = 30.0

NotificationHandler = Callable[[str, JSONObject], None]


class Client(ClientCalls):
    """A client of one service.

        with Client.connect("127.0.0.1:4710", token_file="wedding/token") as client:
            campaign = client.campaigns.start("cmp_1")

    It connects when it is first used. A lost connection is replaced by a new one, and calls that
    may be repeated are: queries, what is harmless to repeat, and changes by their idempotency
    keys, which they get by themselves.
    """

    def __init__(
        self,
        connector: Connector,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        on_notification: NotificationHandler | None = None,
        check_schema: bool = True,
    ) -> None:
        super().__init__()
        self.timeout = timeout
        """Seconds that a call may take where it does not say otherwise."""
        self._connector = connector
        self._on_notification = on_notification
        self._check_schema = check_schema
        self._connection: Connection | None = None
        self._connecting = threading.Lock()
        self._closing = threading.Event()
        self._patience = Patience()

    # Ways to a service

    @classmethod
    def spawn(
        cls,
        program: str = "opcenter",
        *,
        data: FilePath | None = None,
        arguments: Sequence[str] = (),
        restart: bool = False,
        stderr: int | IO[bytes] | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        on_notification: NotificationHandler | None = None,
    ) -> Self:
        """Spawns a service of its own, which ends with this client.

        Args:
            program: The program.
            data: The folder that keeps everything; without it nothing is kept.
            arguments: Further arguments of `opcenter serve`.
            restart: Whether a process that dies is spawned again; this wants `data`.
            stderr: Where the log goes, as for `subprocess`; to our own standard error if absent.
            timeout: Seconds that a call may take.
            on_notification: Is told every notification, as it comes.
        """
        command = spawn_command(program, data, arguments, restart)
        connector = ProcessConnector(command, restart, stderr)
        return cls(connector, timeout=timeout, on_notification=on_notification)

    @classmethod
    def connect(
        cls,
        address: str | None = None,
        *,
        address_file: FilePath | None = None,
        token: str | None = None,
        token_file: FilePath | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        on_notification: NotificationHandler | None = None,
    ) -> Self:
        """Connects to a service that listens.

        Files are read at each connection, since a service writes them anew at each start.

        Args:
            address: `HOST:PORT`; or:
            address_file: The file of `opcenter serve --address-file`.
            token: The token; or:
            token_file: The file that has it.
            timeout: Seconds that a call may take.
            on_notification: Is told every notification, as it comes.
        """
        connector = ServiceAddress(address, address_file, token, token_file)
        return cls(connector, timeout=timeout, on_notification=on_notification)

    @classmethod
    def over(
        cls,
        reader: IO[bytes],
        writer: IO[bytes],
        *,
        timeout: float = DEFAULT_TIMEOUT,
        on_notification: NotificationHandler | None = None,
    ) -> Self:
        """Speaks over any pair of binary streams. Such a connection is not replaced."""
        connector = PairConnector(reader, writer)
        return cls(connector, timeout=timeout, on_notification=on_notification)

    def __enter__(self) -> Self:
        self.connection(Deadline(self.timeout))
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection; a spawned service ends with it. Waiting calls raise."""
        self._closing.set()
        connection = self._connection
        if connection:
            connection.close()

    # Calls

    def call(self, call: Call[Result], *, timeout: float | None = None) -> Result:
        """Makes a call and gives its result; refusals are raised."""
        return self.submit(call, timeout=timeout).result()

    def submit(self, call: Call[Result], *, timeout: float | None = None) -> PendingCall[Result]:
        """Sends a call and does not wait, so that many can be under way at once."""
        prepared = call.prepared()
        exchange = Exchange(self, [prepared], False, self._deadline(timeout))
        return PendingCall(prepared, exchange)

    def pages(
        self, call: PagedCall[Result, Any], *, timeout: float | None = None
    ) -> Iterator[Result]:
        """All pages of a list, each asked for when it is needed."""
        while True:
            page = self.call(call, timeout=timeout)
            yield page
            cursor = getattr(page, "next_cursor", None)
            if not cursor:
                return
            call = call.with_cursor(cursor)

    def items(self, call: PagedCall[Any, Item], *, timeout: float | None = None) -> Iterator[Item]:
        """The items of all pages."""
        for page in self.pages(call, timeout=timeout):
            yield from page.items

    def batch(self) -> Batch:
        """Calls to be sent in one frame.

        with client.batch() as batch:
            campaign = batch.add(calls.campaigns.get("cmp_1"))
            statistics = batch.add(calls.stats.campaign("cmp_1"))
        print(campaign.result().name, statistics.result().audience)
        """
        return Batch(self)

    # What follows the service

    def follow(
        self,
        *,
        project_id: str | None = None,
        campaign_id: str | None = None,
        kinds: Sequence[EventKindValue] | None = None,
        after_sequence: int | None = None,
    ) -> EventStream:
        """Events as they become durable, without a gap.

        Args:
            project_id: Only events of this project.
            campaign_id: Only events of this campaign.
            kinds: Only of these kinds.
            after_sequence: Events after this one, or after the `as_of` of an answer; from now on
                if absent.
        """
        return EventStream(self, EventPlace(project_id, campaign_id, kinds, after_sequence))

    def follow_statistics(self, campaign_id: str, *, every: str | None = None) -> StatisticsStream:
        """The numbers of a campaign, at once and as they change, at most once in `every`."""
        return StatisticsStream(self, StatisticsPlace(campaign_id, every))

    def campaign_feed(
        self, campaign_id: str, *, with_executions: bool = True, every: str | None = None
    ) -> CampaignFeed:
        """The live state of a campaign."""
        return CampaignFeed(self, campaign_id, with_executions=with_executions, every=every)

    # For the other classes of this package

    def placed(self, call: Call[Result], timeout: float) -> tuple[Connection, Result]:
        """Makes a call that subscribes, and says on which connection."""
        prepared = replace(call.prepared(), opens_inbox=True)
        exchange = Exchange(self, [prepared], False, Deadline(timeout))
        (reply,) = exchange.replies()
        return exchange.connection, decoded(prepared, reply)

    def outcomes(self, wanted: Sequence[Call[Any]]) -> list[Any]:
        """The results of a batch, with the refusal in the place of each that was refused."""
        with self.batch() as batch:
            found = [batch.add(call) for call in wanted]
        return [outcome(each) for each in found]

    def _deadline(self, timeout: float | None) -> Deadline:
        return Deadline(self.timeout if timeout is None else timeout)

    def connection(self, deadline: Deadline) -> Connection:
        """The open connection, or a new one. Tries until the deadline where one was lost."""
        found = self._connection
        if found and not found.is_lost:
            return found
        if not self._connecting.acquire(timeout=deadline.remaining() + 0.001):
            raise CallTimeoutError("no connection in time")
        try:
            found = self._connection
            if self._closing.is_set():
                raise ClientClosedError("the client was closed")
            if found and not found.is_lost:
                return found
            if found and not self._connector.can_reconnect:
                assert found.session.lost
                raise found.session.lost.fresh()
            if found:
                # First, since a process that hangs holds what the next one needs.
                found.close()
                self._pause(min(self._patience.pause(), deadline.remaining()))
            self._connection = self._reconnect(deadline) if found else self._first(deadline)
            self._patience.opened()
            return self._connection
        finally:
            self._connecting.release()

    def _first(self, deadline: Deadline) -> Connection:
        """Where nothing is there at the first time, nobody should wait for it."""
        try:
            return self._open(deadline)
        except StaleTokenError as error:
            raise error.refusal from None

    def _reconnect(self, deadline: Deadline) -> Connection:
        for pause in pauses():
            try:
                return self._open(deadline)
            except StaleTokenError as error:
                if deadline.remaining() <= pause:
                    raise error.refusal from None
            except ConnectionLostError:
                if deadline.remaining() <= pause:
                    raise
            self._pause(pause)
        raise AssertionError

    def _pause(self, seconds: float) -> None:
        if self._closing.wait(seconds):
            raise ClientClosedError("the client was closed")

    def _open(self, deadline: Deadline) -> Connection:
        session = Session(self._on_notification)
        connection = Connection(self._connector.open(deadline), session)
        try:
            token = self._connector.token()
            if token is not None:
                self._authenticate(connection, token, deadline)
            if self._check_schema:
                self._check(connection, deadline)
        except BaseException:
            connection.close()
            raise
        return connection

    def _authenticate(self, connection: Connection, token: str, deadline: Deadline) -> None:
        try:
            ask(connection, calls.system.authenticate(token), deadline)
        except UnauthenticatedError as error:
            if self._connector.token() != token:
                raise StaleTokenError(error) from None
            raise

    def _check(self, connection: Connection, deadline: Deadline) -> None:
        """Once, and without a word where the token may not ask."""
        try:
            info = ask(connection, calls.system.info(), deadline)
        except RefusedError:
            info = None
        self._check_schema = False
        warning = schema_warning(info, SCHEMA_VERSION)
        if warning:
            warnings.warn(warning, SchemaMismatchWarning, stacklevel=2)


def spawn_command(
    program: str, data: FilePath | None, arguments: Sequence[str], restart: bool
) -> list[str]:
    """The command line of a service over standard streams."""
    if restart and data is None and "--data" not in arguments:
        raise ValueError("restart wants data: without it nothing would be there after it")
    kept = ["--data", str(data)] if data is not None else []
    return [program, "serve", "--stdio", *kept, *arguments]
