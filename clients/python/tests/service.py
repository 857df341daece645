"""A real service that can be killed, and played ones that answer as a test wants."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from operation_center import Client

LIMIT = 20.0

# A request, or a batch of them.
Message = Any


class Service:
    """`opcenter serve --listen`, which can be killed and started again.

    It is on another port then, or on the same where `keeps_port` says so.
    """

    def __init__(
        self,
        program: str,
        folder: Path,
        data: Path | None = None,
        arguments: tuple[str, ...] = (),
        keeps_port: bool = False,
    ) -> None:
        self.address_file, self.token_file = folder / "address", folder / "token"
        self._keeps_port = keeps_port
        kept = ["--data", str(data)] if data else ["--memory"]
        self._command = [
            program, "serve", "--listen", "127.0.0.1:0", "--address-file", str(self.address_file),
            "--token-file", str(self.token_file), *kept, *arguments,
        ]  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Starts it, and comes back once it listens: it logs so."""
        self._process = subprocess.Popen(self._command, stderr=subprocess.PIPE)
        assert self._process.stderr
        told = b""
        while b"listening on" not in told:
            ready, _, _ = select.select([self._process.stderr], [], [], LIMIT)
            more = os.read(self._process.stderr.fileno(), 65536) if ready else b""
            if not more:
                raise AssertionError(f"the service does not start: {told.decode()}")
            told += more
        threading.Thread(target=self._drain, args=(self._process,), daemon=True).start()
        if self._keeps_port:
            place = self._command.index("--listen") + 1
            self._command[place] = self.address_file.read_text().strip()

    @staticmethod
    def _drain(process: subprocess.Popen[bytes]) -> None:
        assert process.stderr
        with process.stderr as log:
            while log.read(65536):
                pass

    def kill(self) -> None:
        """Ends it as a power cut would."""
        if self._process:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait(LIMIT)
            self._process = None

    def signal(self, number: int) -> None:
        assert self._process
        self._process.send_signal(number)


Answering = Callable[[Message], list[Message] | None]


class PlayedService:
    """Listens, and answers each request with what a function gives; None ends the connection."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer
        self.seen: list[Message] = []
        """Every message that came, over all connections."""
        self.news = threading.Condition()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._peers: list[socket.socket] = []
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        for peer in self._peers:
            peer.close()

    def wait_for(self, is_done: Callable[[list[Message]], bool]) -> None:
        """Waits until what was seen is so."""
        with self.news:
            assert self.news.wait_for(lambda: is_done(self.seen), LIMIT), self.seen

    def methods(self) -> list[str]:
        """What was called, the question after the schema aside."""
        named = [each for each in self.seen if isinstance(each, dict)]
        return [each["method"] for each in named if each["method"] != "system.info"]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                peer, _ = self._listener.accept()
                self._peers.append(peer)
                self.connections += 1
                threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with contextlib.suppress(OSError, ValueError), peer, peer.makefile("rb") as lines:
            for line in lines:
                message = json.loads(line)
                with self.news:
                    self.seen.append(message)
                    self.news.notify_all()
                answers = self._answers(message)
                if answers is None:
                    return
                frames = [answers] if isinstance(message, list) else answers
                for frame in frames:
                    peer.sendall(json.dumps(frame).encode() + b"\n")

    def _answers(self, message: Message) -> list[Message] | None:
        if isinstance(message, dict) and message["method"] == "system.info":
            return [refusal(message, 1007, "forbidden")]
        if isinstance(message, dict) and "id" not in message:
            return []
        return self._answer(message)


class PlayedPair:
    """A client and what it speaks to over a pair of streams: answers as a function says."""

    def __init__(self, answer: Answering) -> None:
        self._answer = answer
        self.seen: list[Message] = []
        """What came, but for the question after the schema."""
        self._near, self._far = socket.socketpair()
        self._ends = self._near.makefile("rb"), self._near.makefile("wb")
        self.client = Client.over(*self._ends, timeout=LIMIT)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.client.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()
        self._near.shutdown(socket.SHUT_RDWR)
        for each in (*self._ends, self._near):
            each.close()
        self._thread.join(LIMIT)
        self._far.close()

    def say(self, *messages: Message) -> None:
        """Sends what nobody has asked for."""
        self._far.sendall(b"".join(json.dumps(each).encode() + b"\n" for each in messages))

    def _serve(self) -> None:
        with contextlib.suppress(OSError, ValueError), self._far.makefile("rb") as lines:
            self.say(refusal(json.loads(next(lines)), 1007, "forbidden"))
            for line in lines:
                message = json.loads(line)
                self.seen.append(message)
                self.say(*(self._answer(message) or []))


def result(message: Message, value: Any) -> Message:
    return {"jsonrpc": "2.0", "id": message["id"], "result": value}


def refusal(message: Message, code: int, kind: str, **data: Any) -> Message:
    error = {"code": code, "message": f"refused: {kind}", "data": {"kind": kind, **data}}
    return {"jsonrpc": "2.0", "id": message["id"], "error": error}
