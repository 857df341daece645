"""The client for asyncio."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import IO, Any, Self

from .address import FilePath, ServiceAddress, StaleTokenError
from .async_connection import AsyncConnection
from .async_events import AsyncEventStream, AsyncStatisticsStream
from .async_feed import AsyncCampaignFeed
from .async_streams import (
    AsyncAddressConnector,
    AsyncConnector,
    AsyncPairConnector,
    AsyncProcessConnector,
)
from .batch import BatchedCalls, outcome
from .call import Call, Item, PagedCall, PreparedCall, Result
from .client import DEFAULT_TIMEOUT, NotificationHandler, spawn_command
from .deadline import Deadline, Patience, pauses
from .errors import (
    CallTimeoutError,
    ClientClosedError,
    ConnectionLostError,
    SchemaMismatchWarning,
)
from .exchange import decoded
from .following import EventPlace, StatisticsPlace
from .generated import calls
from .generated.async_namespaces import AsyncClientCalls
from .generated.errors import UnauthenticatedError
from .generated.methods import SCHEMA_VERSION
from .generated.types import EventKindValue
from .session import Reply, Session, schema_warning


class AsyncClient(AsyncClientCalls):
    """A client of one service, for asyncio.

        async with AsyncClient.connect("127.0.0.1:4710", token_file="wedding/token") as client:
            campaign = await client.campaigns.start("cmp_1")

    Calls that are awaited side by side are under way side by side. A task that is cancelled gives
    its call up at the service, too. Otherwise it is as `Client`.
    """

    def __init__(
        self,
        connector: AsyncConnector,
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
        self._connection: AsyncConnection | None = None
        self._connecting = asyncio.Lock()
        self._closing = asyncio.Event()
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
        """Spawns a service of its own, which ends with this client; as `Client.spawn`."""
        command = spawn_command(program, data, arguments, restart)
        connector = AsyncProcessConnector(command, restart, stderr)
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
        """Connects to a service that listens; as `Client.connect`."""
        found = ServiceAddress(address, address_file, token, token_file)
        connector = AsyncAddressConnector(found)
        return cls(connector, timeout=timeout, on_notification=on_notification)

    @classmethod
    def over(
        cls,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        timeout: float = DEFAULT_TIMEOUT,
        on_notification: NotificationHandler | None = None,
    ) -> Self:
        """Speaks over any pair of asyncio's streams. Such a connection is not replaced."""
        connector = AsyncPairConnector(reader, writer)
        return cls(connector, timeout=timeout, on_notification=on_notification)

    async def __aenter__(self) -> Self:
        await self.connection(Deadline(self.timeout))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Ends the connection; a spawned service ends with it. Waiting calls raise."""
        self._closing.set()
        if self._connection:
            await self._connection.close()

    # Calls

    async def call(self, call: Call[Result], *, timeout: float | None = None) -> Result:
        """Makes a call and gives its result; refusals are raised."""
        prepared = call.prepared()
        _, (reply,) = await self.exchange([prepared], False, self._deadline(timeout))
        return decoded(prepared, reply)

    async def pages(
        self, call: PagedCall[Result, Any], *, timeout: float | None = None
    ) -> AsyncIterator[Result]:
        """All pages of a list, each asked for when it is needed."""
        while True:
            page = await self.call(call, timeout=timeout)
            yield page
            cursor = getattr(page, "next_cursor", None)
            if not cursor:
                return
            call = call.with_cursor(cursor)

    async def items(
        self, call: PagedCall[Any, Item], *, timeout: float | None = None
    ) -> AsyncIterator[Item]:
        """The items of all pages."""
        async for page in self.pages(call, timeout=timeout):
            for item in page.items:
                yield item

    def batch(self) -> AsyncBatch:
        """Calls to be sent in one frame; as `Client.batch`, with `async with`."""
        return AsyncBatch(self)

    # What follows the service

    def follow(
        self,
        *,
        project_id: str | None = None,
        campaign_id: str | None = None,
        kinds: Sequence[EventKindValue] | None = None,
        after_sequence: int | None = None,
    ) -> AsyncEventStream:
        """Events as they become durable, without a gap; as `Client.follow`."""
        return AsyncEventStream(self, EventPlace(project_id, campaign_id, kinds, after_sequence))

    def follow_statistics(
        self, campaign_id: str, *, every: str | None = None
    ) -> AsyncStatisticsStream:
        """The numbers of a campaign, at once and as they change, at most once in `every`."""
        return AsyncStatisticsStream(self, StatisticsPlace(campaign_id, every))

    def campaign_feed(
        self, campaign_id: str, *, with_executions: bool = True, every: str | None = None
    ) -> AsyncCampaignFeed:
        """The live state of a campaign."""
        return AsyncCampaignFeed(self, campaign_id, with_executions=with_executions, every=every)

    # For the other classes of this package

    def _deadline(self, timeout: float | None) -> Deadline:
        return Deadline(self.timeout if timeout is None else timeout)

    async def placed(self, call: Call[Result], timeout: float) -> tuple[AsyncConnection, Result]:
        """Makes a call that subscribes, and says on which connection."""
        prepared = replace(call.prepared(), opens_inbox=True)
        connection, (reply,) = await self.exchange([prepared], False, Deadline(timeout))
        return connection, decoded(prepared, reply)

    async def outcomes(self, wanted: Sequence[Call[Any]]) -> list[Any]:
        """The results of a batch, with the refusal in the place of each that was refused."""
        async with self.batch() as batch:
            found = [batch.add(call) for call in wanted]
        return [outcome(each) for each in found]

    async def exchange(
        self, prepared: Sequence[PreparedCall[Any]], is_batch: bool, deadline: Deadline
    ) -> tuple[AsyncConnection, list[Reply]]:
        """Calls in one frame, sent again over a new connection where that is safe."""
        may_repeat = all(call.may_repeat for call in prepared)
        while True:
            connection = await self.connection(deadline)
            try:
                return connection, await connection.exchange(prepared, is_batch, deadline)
            except ClientClosedError:
                raise
            except ConnectionLostError as error:
                if deadline.has_passed or not may_repeat:
                    raise prepared[0].lost(error) from None

    async def connection(self, deadline: Deadline) -> AsyncConnection:
        """The open connection, or a new one. Tries until the deadline where one was lost."""
        found = self._connection
        if found and not found.is_lost:
            return found
        try:
            async with asyncio.timeout(deadline.remaining()):
                await self._connecting.acquire()
        except TimeoutError:
            raise CallTimeoutError("no connection in time") from None
        try:
            return await self._connected(deadline)
        finally:
            self._connecting.release()

    async def _connected(self, deadline: Deadline) -> AsyncConnection:
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
            await found.close()
            await self._pause(min(self._patience.pause(), deadline.remaining()))
        self._connection = await (self._reconnect(deadline) if found else self._first(deadline))
        self._patience.opened()
        return self._connection

    async def _first(self, deadline: Deadline) -> AsyncConnection:
        """Where nothing is there at the first time, nobody should wait for it."""
        try:
            return await self._open(deadline)
        except StaleTokenError as error:
            raise error.refusal from None

    async def _reconnect(self, deadline: Deadline) -> AsyncConnection:
        for pause in pauses():
            try:
                return await self._open(deadline)
            except StaleTokenError as error:
                if deadline.remaining() <= pause:
                    raise error.refusal from None
            except ConnectionLostError:
                if deadline.remaining() <= pause:
                    raise
            await self._pause(pause)
        raise AssertionError

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._closing.wait()
        except TimeoutError:
            return
        raise ClientClosedError("the client was closed")

    async def _open(self, deadline: Deadline) -> AsyncConnection:
        stream = await self._connector.open(deadline)
        connection = AsyncConnection(stream, Session(self._on_notification))
        try:
            token = self._connector.token()
            if token is not None:
                await self._authenticate(connection, token, deadline)
            if self._check_schema:
                await self._check(connection, deadline)
        except BaseException:
            await connection.close()
            raise
        return connection

    async def _check(self, connection: AsyncConnection, deadline: Deadline) -> None:
        """Once, and without a word where the token may not ask."""
        reply = await self._answer(connection, calls.system.info(), deadline)
        self._check_schema = False
        warning = schema_warning(reply.result, SCHEMA_VERSION)
        if warning:
            warnings.warn(warning, SchemaMismatchWarning, stacklevel=2)

    async def _authenticate(
        self, connection: AsyncConnection, token: str, deadline: Deadline
    ) -> None:
        reply = await self._answer(connection, calls.system.authenticate(token), deadline)
        error = reply.error
        if isinstance(error, UnauthenticatedError) and self._connector.token() != token:
            raise StaleTokenError(error)
        if error:
            raise error

    @staticmethod
    async def _answer(connection: AsyncConnection, call: Call[Any], deadline: Deadline) -> Reply:
        (reply,) = await connection.exchange([call.prepared()], False, deadline)
        return reply


class AsyncBatch(BatchedCalls):
    """Calls that go together. It is no transaction: each may be refused by itself."""

    def __init__(self, client: AsyncClient) -> None:
        super().__init__()
        self._client = client

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            await self.send()

    async def send(self, *, timeout: float | None = None) -> None:
        """Sends what was added, and waits for all answers."""
        deadline = Deadline(self._client.timeout if timeout is None else timeout)
        for piece in self.pieces():
            prepared = [each.prepared for each in piece]
            _, replies = await self._client.exchange(prepared, True, deadline)
            for each, reply in zip(piece, replies, strict=True):
                each.settle(reply)
