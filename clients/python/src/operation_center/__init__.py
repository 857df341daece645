"""Client of Operation Center, which runs WhatsApp invitation campaigns.

    from operation_center import Client

    with Client.connect("127.0.0.1:4710", token_file="wedding/token") as client:
        for guest in client.guests.list_items("prj_1"):
            print(guest.name, guest.rsvp)

`AsyncClient` is the same for asyncio. `types` has what methods take and give, `calls` the calls
for batches and `submit`. Refusals are exceptions, one class a kind, such as `NotFoundError`.
"""

from .async_client import AsyncBatch, AsyncClient
from .async_events import AsyncEventStream, AsyncStatisticsStream
from .async_feed import AsyncCampaignFeed
from .batch import BatchedCall
from .call import Call, Method, PagedCall
from .campaign_state import CampaignChange
from .client import Client
from .errors import (
    CallTimeoutError,
    ClientClosedError,
    ConnectionLostError,
    EventsLostError,
    InvalidArgumentError,
    OperationCenterError,
    RefusedError,
    SchemaMismatchWarning,
    ServiceEndedError,
    ShapeError,
    UnexpectedAnswerError,
)
from .events import EventStream, StatisticsStream
from .exchange import Batch, PendingCall
from .feed import CampaignFeed
from .generated import calls, types
from .generated import errors as refusals
from .generated.errors import *  # noqa: F403
from .generated.methods import SCHEMA_DIGEST, SCHEMA_VERSION
from .values import ABSENT, Absent, JSONObject, JSONValue, OpenEnumeration, WireRecord, span

__all__ = [
    "ABSENT",
    "SCHEMA_DIGEST",
    "SCHEMA_VERSION",
    "Absent",
    "AsyncBatch",
    "AsyncCampaignFeed",
    "AsyncClient",
    "AsyncEventStream",
    "AsyncStatisticsStream",
    "Batch",
    "BatchedCall",
    "Call",
    "CallTimeoutError",
    "CampaignChange",
    "CampaignFeed",
    "Client",
    "ClientClosedError",
    "ConnectionLostError",
    "EventStream",
    "EventsLostError",
    "InvalidArgumentError",
    "JSONObject",
    "JSONValue",
    "Method",
    "OpenEnumeration",
    "OperationCenterError",
    "PagedCall",
    "PendingCall",
    "RefusedError",
    "SchemaMismatchWarning",
    "ServiceEndedError",
    "ShapeError",
    "StatisticsStream",
    "UnexpectedAnswerError",
    "WireRecord",
    "calls",
    "refusals",
    "span",
    "types",
    *refusals.__all__,
]
