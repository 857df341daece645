"""What one connection knows, without input or output: who waits for which answer.

Frames are lines, one message each. Both clients feed bytes in and send bytes out; everything
between is here.
"""

from __future__ import annotations

import json
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any, Final

from .call import PreparedCall
from .errors import ConnectionLostError, InvalidArgumentError, OperationCenterError, RefusedError
from .generated.errors import KINDS, REFUSAL_DATA, REFUSALS
from .values import JSONObject, JSONValue

# Notifications that one subscription keeps while nobody reads them. What comes after is not lost:
# events are asked for again from the history.
INBOX_LIMIT: Final = 20_000

CANCELLATION: Final = b'{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":%d}}\n'

LOG: Final = logging.getLogger("operation_center")

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Reply:
    """The answer to one request, once it is there."""

    __slots__ = ("error", "frame", "id", "is_done", "on_done", "opens_inbox", "result")

    def __init__(self, id: int, opens_inbox: bool, frame: list[Reply]) -> None:
        self.id = id
        self.frame = frame
        """All that went in the same frame."""
        self.opens_inbox = opens_inbox
        self.is_done = False
        self.result: JSONValue = None
        self.error: OperationCenterError | None = None
        self.on_done: Callable[[], None] | None = None

    def settle(self, result: JSONValue, error: OperationCenterError | None) -> None:
        self.result, self.error, self.is_done = result, error, True
        if self.on_done:
            self.on_done()


class Inbox:
    """The notifications of one subscription that nobody has read yet."""

    __slots__ = ("is_open", "items", "on_news")

    def __init__(self) -> None:
        self.items: deque[JSONObject] = deque()
        self.is_open = True
        """False once nothing more comes: the connection is lost, or the inbox was full."""
        self.on_news: Callable[[], None] | None = None

    def put(self, item: JSONObject) -> None:
        if len(self.items) >= INBOX_LIMIT:
            self.is_open = False
        if self.is_open:
            self.items.append(item)
        self.tell()

    def close(self) -> None:
        self.is_open = False
        self.tell()

    def tell(self) -> None:
        if self.on_news:
            self.on_news()


class Session:
    """Requests under way and subscriptions of one connection."""

    def __init__(self, on_notification: Callable[[str, JSONObject], None] | None = None) -> None:
        self._next_id = 1
        self._waiting: dict[int, Reply] = {}
        self._inboxes: dict[str, Inbox] = {}
        self._on_notification = on_notification
        self._rest = bytearray()
        self.lost: ConnectionLostError | None = None

    # Out

    def request(
        self, calls: Sequence[PreparedCall[Any]], is_batch: bool = False
    ) -> tuple[list[Reply], bytes]:
        """The frame for some calls, and where their answers will be."""
        if self.lost:
            raise self.lost.fresh()
        replies: list[Reply] = []
        messages: list[str] = []
        for call in calls:
            reply = Reply(self._next_id, call.opens_inbox, replies)
            self._next_id += 1
            replies.append(reply)
            messages.append(request_text(reply.id, call))
        text = f"[{','.join(messages)}]\n" if is_batch else messages[0] + "\n"
        frame = as_bytes(text)
        for reply in replies:
            self._waiting[reply.id] = reply
        return replies, frame

    def cancellation(self, replies: Sequence[Reply]) -> bytes:
        """The frame that gives up requests; nobody waits for their answers any more."""
        frames = bytearray()
        for reply in replies:
            if self._waiting.pop(reply.id, None):
                frames += CANCELLATION % reply.id
        return bytes(frames)

    # In

    def feed(self, data: bytes) -> None:
        """Takes bytes in any pieces, and settles what they answer."""
        whole, end, rest = data.rpartition(b"\n")
        if end:
            lines = bytes(self._rest) + whole
            self._rest.clear()
            for line in lines.split(b"\n"):
                if line.strip():
                    self._take_line(line)
        self._rest += rest

    def fail(self, error: ConnectionLostError) -> None:
        """The connection is lost, and everybody who waits is told so."""
        if self.lost:
            return
        self.lost = error
        waiting, self._waiting = self._waiting, {}
        for reply in waiting.values():
            reply.settle(None, error)
        for inbox in self._inboxes.values():
            inbox.close()

    def inbox(self, subscription: str) -> Inbox:
        """Where notifications of a subscription are, from its first one on."""
        return self._inboxes[subscription]

    def forget_inbox(self, subscription: str) -> None:
        """What still comes for it is dropped."""
        self._inboxes.pop(subscription, None)

    @property
    def is_idle(self) -> bool:
        """Whether no answer is waited for."""
        return not self._waiting

    def _take_line(self, line: bytes) -> None:
        try:
            message = json.loads(str(line, "utf-8"))
        except (ValueError, RecursionError):
            raise ConnectionLostError("the peer sent something that is not JSON") from None
        for each in message if isinstance(message, list) else [message]:
            if not isinstance(each, dict):
                raise ConnectionLostError("the peer sent something that is not JSON-RPC")
            if "method" in each:
                self._take_notification(each)
            else:
                self._take_answer(each)

    def _take_answer(self, message: JSONObject) -> None:
        identifier = message.get("id")
        error = message.get("error")
        if identifier is None and error is not None:
            # Of a frame that could not be read. Answers come in the order of the requests.
            self._refuse_oldest(refusal(error))
            return
        reply = self._waiting.pop(identifier, None) if isinstance(identifier, int) else None
        if reply is None:
            return  # Given up in the meantime.
        if error is not None:
            reply.settle(None, refusal(error))
            return
        result = message.get("result")
        if reply.opens_inbox and isinstance(result, dict):
            self._inboxes[str(result.get("subscription_id"))] = Inbox()
        reply.settle(result, None)

    def _refuse_oldest(self, error: RefusedError) -> None:
        if not self._waiting:
            return
        oldest = self._waiting[min(self._waiting)]
        for reply in oldest.frame:
            if self._waiting.pop(reply.id, None):
                reply.settle(None, error)

    def _take_notification(self, message: JSONObject) -> None:
        params = message.get("params")
        if not isinstance(params, dict):
            return
        inbox = self._inboxes.get(str(params.get("subscription_id")))
        if inbox:
            inbox.put(params)
        if self._on_notification:
            try:
                self._on_notification(str(message["method"]), params)
            except Exception:
                # Whoever reads just now has nothing to do with it.
                LOG.exception("a handler of notifications has failed")


def request_text(identifier: int, call: PreparedCall[Any]) -> str:
    """One request. Only the params can hold anything that JSON must escape."""
    begin = f'{{"jsonrpc":"2.0","id":{identifier},"method":"{call.method.name}"'
    if not call.params:
        return begin + "}"
    try:
        return f'{begin},"params":{_encode(call.params)}}}'
    except RecursionError:
        raise InvalidArgumentError("is nested too deeply", "params") from None


def as_bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise InvalidArgumentError("half of a surrogate pair is no text", "params") from None


def refusal(error: JSONValue) -> RefusedError:
    """The exception for an `error` of an answer, typed as far as this client knows its kind."""
    if not isinstance(error, dict):
        return RefusedError(0, "the service refused, and did not say why")
    code = error["code"] if isinstance(error.get("code"), int) else 0
    assert isinstance(code, int)
    message = str(error.get("message", ""))
    raw = error.get("data")
    kind = str(raw["kind"]) if isinstance(raw, dict) and "kind" in raw else KINDS.get(code, "")
    data: Any = None
    if kind in REFUSAL_DATA:
        try:
            data = REFUSAL_DATA[kind].from_json(raw)
        except ValueError:
            data = None  # Whoever needs it has raw_data.
    return REFUSALS.get(kind, RefusedError)(code, message, kind=kind, data=data, raw=raw)


def schema_warning(info: JSONValue, own_version: str) -> str | None:
    """What to warn of where the service speaks another schema, from its `system.info`."""
    if not isinstance(info, dict):
        return None
    schema = info.get("schema")
    theirs = schema.get("version") if isinstance(schema, dict) else info.get("schema_version")
    if not isinstance(theirs, str) or theirs == own_version:
        return None
    mine, other = _numbers(own_version), _numbers(theirs)
    # Before 1.0 a minor version may break; after it only a major one, or an older service.
    significant = 2 if mine[:1] == [0] else 1
    if mine[:significant] == other[:significant] and other >= mine:
        return None
    return f"the service has version {theirs} of the schema; this client was made for {own_version}"


def _numbers(version: str) -> list[int]:
    return [int(part) if part.isdigit() else 0 for part in version.split(".")]
