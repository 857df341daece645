"""Measures calls a second of both clients, beside a bare socket loop, all in one run.

    OPCENTER=…/opcenter python measure.py

Each figure is the middle one of some rounds; the ratio tells how much of a bare loop is left.
"""

from __future__ import annotations

import asyncio
import collections
import json
import os
import socket
import statistics
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from operation_center import AsyncClient, Client, calls

ROUNDS = 5
CALLS = 4000
IN_FLIGHT = 64

PING = b'{"jsonrpc":"2.0","id":%d,"method":"system.ping"}\n'


class Bare:
    """A socket, and as little as possible around it."""

    def __init__(self, host: str, port: int, token: str) -> None:
        self._peer = socket.create_connection((host, port))
        self._peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._lines = self._peer.makefile("rb", 65536)
        call = {"jsonrpc": "2.0", "id": 0, "method": "system.authenticate"}
        self._peer.sendall(json.dumps({**call, "params": {"token": token}}).encode() + b"\n")
        self._answer()

    def _answer(self) -> object:
        return json.loads(self._lines.readline())["result"]

    def alone(self) -> None:
        for number in range(CALLS):
            self._peer.sendall(PING % number)
            self._answer()

    def in_flight(self) -> None:
        for number in range(CALLS):
            self._peer.sendall(PING % number)
            if number >= IN_FLIGHT:
                self._answer()
        for _ in range(IN_FLIGHT):
            self._answer()


class BareAsync:
    """The same with asyncio's streams."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    async def loop(self, ahead: int) -> None:
        for number in range(CALLS + ahead):
            if number < CALLS:
                self._writer.write(PING % number)
            if number >= ahead:
                json.loads(await self._reader.readline())


def alone(client: Client) -> None:
    for _ in range(CALLS):
        client.system.ping()


def in_flight(client: Client) -> None:
    pending = collections.deque(client.submit(calls.system.ping()) for _ in range(IN_FLIGHT))
    for _ in range(CALLS - IN_FLIGHT):
        pending.popleft().result()
        pending.append(client.submit(calls.system.ping()))
    for each in pending:
        each.result()


async def alone_async(client: AsyncClient, count: int = CALLS) -> None:
    for _ in range(count):
        await client.system.ping()


async def in_flight_async(client: AsyncClient) -> None:
    share = CALLS // IN_FLIGHT
    await asyncio.gather(*(alone_async(client, share) for _ in range(IN_FLIGHT)))


def rate(began: float) -> float:
    return CALLS / (time.perf_counter() - began)


def timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return rate(began)


async def timed_async(work: Awaitable[None]) -> float:
    began = time.perf_counter()
    await work
    return rate(began)


async def measure_async(address: str, token: str, found: dict[str, list[float]]) -> None:
    host, _, port = address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    call = {"jsonrpc": "2.0", "id": 0, "method": "system.authenticate", "params": {"token": token}}
    writer.write(json.dumps(call).encode() + b"\n")
    await reader.readline()
    bare = BareAsync(reader, writer)
    async with AsyncClient.connect(address, token=token) as client:
        found["bare asyncio, alone"].append(await timed_async(bare.loop(0)))
        found["AsyncClient, alone"].append(await timed_async(alone_async(client)))
        found["bare asyncio, 64 in flight"].append(await timed_async(bare.loop(IN_FLIGHT)))
        found["AsyncClient, 64 in flight"].append(await timed_async(in_flight_async(client)))
    writer.close()


def measure(address: str, token: str) -> None:
    """Rounds of everything, so that what the machine does meanwhile meets all."""
    host, _, port = address.rpartition(":")
    bare = Bare(host, int(port), token)
    found: dict[str, list[float]] = collections.defaultdict(list)
    with Client.connect(address, token=token) as client:
        for _ in range(ROUNDS):
            found["bare socket, alone"].append(timed(bare.alone))
            found["Client, alone"].append(timed(lambda: alone(client)))
            found["bare socket, 64 in flight"].append(timed(bare.in_flight))
            found["Client, 64 in flight"].append(timed(lambda: in_flight(client)))
            asyncio.run(measure_async(address, token, found))
    base = 1.0
    for name, rates in found.items():
        middle = statistics.median(rates)
        base = middle if name.startswith("bare") else base
        print(f"{name:<28} {middle:8.0f} calls/s  {middle / base:5.2f} of bare")


def main() -> None:
    program = os.environ["OPCENTER"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        command = [program, "serve", "--memory", "--listen", "127.0.0.1:0"]
        files = ["--address-file", str(folder / "address"), "--token-file", str(folder / "token")]
        with subprocess.Popen([*command, *files], stderr=subprocess.PIPE) as process:
            assert process.stderr
            while b"listening" not in process.stderr.readline():
                pass
            address = (folder / "address").read_text().strip()
            measure(address, (folder / "token").read_text().strip())
            process.terminate()


if __name__ == "__main__":
    main()
