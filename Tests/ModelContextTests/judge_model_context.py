"""Drives `opcenter mcp` with the public Python client of the Model Context Protocol, in both dialects.

    judge_model_context.py OPCENTER

The client holds every structured answer against the schema of its tool. Beyond that, each schema is held
against JSON Schema 2020-12, a small campaign is run from an empty service to its answers, a service is
killed under the client, and calls are cancelled.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from mcp import Client, MCPError, StdioServerParameters
from mcp.types import TextContent

OPCENTER = sys.argv[1]
SAMPLES = Path(__file__).parents[2] / "clients" / "samples"
EVERYTHING = ["--tools", "*", "--allow", "operate", "--allow", "ingest", "--allow", "administer"]
DIALECTS = ["auto", "legacy", "2026-07-28"]
Json = dict[str, Any]
checks = 0


def check(holds: bool, what: object) -> None:
    global checks
    checks += 1
    if not holds:
        sys.exit(f"does not hold: {what}")


def text_of(content: object) -> str:
    check(isinstance(content, TextContent), content)
    return str(getattr(content, "text", ""))


@asynccontextmanager
async def connected(*arguments: str, mode: str = "auto") -> AsyncIterator[Client]:
    parameters = StdioServerParameters(command=OPCENTER, args=["mcp", *arguments])
    async with Client(parameters, mode=mode, read_timeout_seconds=30) as client:
        yield client


async def call(client: Client, tool: str, **arguments: Any) -> Json:
    result = await client.call_tool(tool, arguments)
    check(not result.is_error, (tool, result.content))
    structure = json.loads(text_of(result.content[0]))
    check(structure == result.structured_content, (tool, "text beside structure"))
    return dict(structure)


async def refusal(client: Client, tool: str, **arguments: Any) -> str:
    result = await client.call_tool(tool, arguments)
    check(bool(result.is_error) and result.structured_content is None, (tool, result.content))
    return text_of(result.content[0])


async def tools_of(client: Client) -> list[Any]:
    return list((await client.list_tools()).tools)


async def schemas_are_sound(mode: str) -> None:
    async with connected("--memory", *EVERYTHING, mode=mode) as client:
        tools = await tools_of(client)
        check([tool.name for tool in tools] == [tool.name for tool in await tools_of(client)], "order")
        for tool in tools:
            for schema in (tool.input_schema, tool.output_schema):
                check(schema is not None and schema["type"] == "object", tool.name)
                Draft202012Validator.check_schema(schema)
                for reference in references(schema):
                    check(reference.removeprefix("#/$defs/") in schema["$defs"], (tool.name, reference))
            check(tool.annotations is not None and bool(tool.description), tool.name)
        prompts = (await client.list_prompts()).prompts
        check(len(prompts) == 2, prompts)
        told = await client.get_prompt("why_not_received", {"guest": "Meera {campaign_id}"})
        check("Guest: Meera {campaign_id}" in text_of(told.messages[0].content), told)
        print(f"{mode}: {len(tools)} tools, all schemas sound")


def references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for each in value.values():
            yield from references(each)
    elif isinstance(value, list):
        for each in value:
            yield from references(each)


async def a_campaign_is_run(mode: str) -> None:
    flow: Json = json.loads((SAMPLES / "rsvp.chatflow.json").read_text())
    graph = {"name": flow["name"], "nodes": flow["nodes"], "edges": flow["edges"]}
    async with connected("--memory", "--clock-rate", "100000", *EVERYTHING, mode=mode) as client:
        sender = await call(client, "sender.create", **flow["sender"])
        project = await call(client, "project.create", sender_id=sender["id"], **flow["project"])
        project_id = project["id"]
        for template in flow["templates"]:
            await call(client, "template.create", project_id=project_id, **template)
        nowhere = [*flow["edges"], {"id": "e0", "source": "start", "target": "nowhere"}]
        wrong = graph | {"edges": nowhere}
        text = await refusal(client, "chatflow.create", project_id=project_id, **wrong)
        check('"issues":' in text, text)
        await call(client, "chatflow.validate", project_id=project_id, **graph)
        chatflow = await call(client, "chatflow.create", project_id=project_id, **graph)
        rows = [
            {"external_id": f"G{n}", "name": f"Guest {n}\u202e", "phone": f"0812300001{n:02}"}
            for n in range(1, 41)
        ]
        imported = await call(client, "guest.import", project_id=project_id, rows=rows)
        check(imported["counts"]["created"] == 40, imported["counts"])
        guests = await call(client, "guest.list", project_id=project_id)
        check(guests["items"][0]["name"] == "Guest 1[U+202E]", guests["items"][0])
        campaign = await call(
            client, "campaign.create", project_id=project_id, chatflow_id=chatflow["id"], name="RSVP"
        )
        campaign_id = campaign["id"]
        preview = await call(client, "guest.preview", project_id=project_id)
        await call(client, "campaign.check", campaign_id=campaign_id)
        await call(client, "campaign.forecast", campaign_id=campaign_id, seeds=1)
        text = await refusal(client, "campaign.start", campaign_id=campaign_id)
        check("expected_eligible" in text, text)
        text = await refusal(client, "campaign.start", campaign_id=campaign_id, expected_eligible=7)
        check("conflict" in text, text)
        await call(
            client, "campaign.start", campaign_id=campaign_id, expected_eligible=preview["eligible"]
        )
        answered = 0
        # The service runs, a call after the other; the client's own time limit bounds each.
        for _ in range(20_000):
            stats = await call(client, "stats.campaign", campaign_id=campaign_id)
            answered = stats["executions"]["completed"]
            if stats["status"] == "completed":
                break
        check(answered > 0, "nobody answered")
        results = await call(client, "campaign.results", campaign_id=campaign_id, limit=100)
        check(len(results["items"]) == 40, len(results["items"]))
        executions = await call(client, "execution.list", campaign_id=campaign_id, search="G7")
        execution = await call(client, "execution.get", execution_id=executions["items"][0]["id"])
        await call(client, "message.list", guest_id=execution["guest"]["id"])
        print(f"{mode}: a campaign of 40 guests, {answered} completed")


async def what_is_hidden_is_refused(mode: str) -> None:
    async with connected("--memory", mode=mode) as client:
        tools = await tools_of(client)
        check(14 <= len(tools) <= 18, len(tools))
        for tool in tools:
            hints = tool.annotations
            check(hints.read_only_hint and not hints.destructive_hint, tool.name)
        for hidden in ("project.create", "campaign.start", "system.shutdown", "no.such"):
            try:
                await client.call_tool(hidden, {})
                check(False, f"{hidden} was called")
            except MCPError as error:
                check(error.error.code == -32602, error)
        print(f"{mode}: {len(tools)} tools that read, others refused")


@contextmanager
def served(folder: str, listen: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A service over TCP and its address, once it takes calls."""
    read_end, write_end = os.pipe()
    process = subprocess.Popen(
        [OPCENTER, "serve", "--listen", listen, "--data", folder]
        + ["--address-file", f"/dev/fd/{write_end}"],
        stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=[write_end],
    )  # fmt: skip
    os.close(write_end)
    with os.fdopen(read_end) as addresses:
        address = addresses.readline().strip()
    try:
        yield process, address
    finally:
        process.kill()
        process.wait()


async def a_service_dies_and_comes_back(mode: str) -> None:
    with tempfile.TemporaryDirectory() as folder, served(folder, "127.0.0.1:0") as (first, address):
        arguments = ["--connect", address, "--token-file", f"{folder}/token", *EVERYTHING]
        async with connected(*arguments, mode=mode) as client:
            sender = await call(client, "sender.create", name="A", phone="+6281100000001")
            check("--connect" in start_in_vain("--data", folder), "the way out is told")
            first.send_signal(signal.SIGKILL)
            first.wait()
            text = await refusal(client, "sender.get", sender_id=sender["id"])
            check(address in text, text)
            text = await refusal(client, "sender.get", sender_id=sender["id"])
            check("no service answers" in text, text)
            with served(folder, address):
                found = await call(client, "sender.get", sender_id=sender["id"])
                check(found["name"] == "A", found)
        print(f"{mode}: a service died and came back under the client")


def start_in_vain(*arguments: str) -> str:
    """What a start that is refused says."""
    ended = subprocess.run(
        [OPCENTER, "mcp", *arguments],
        check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    check(ended.returncode != 0, ended)
    return ended.stderr


async def a_call_is_cancelled(mode: str) -> None:
    """The client gives up at once; what follows is answered, and the cancelled call never is."""
    async with connected("--memory", *EVERYTHING, mode=mode) as client:
        for _ in range(20):
            waiting = asyncio.create_task(client.call_tool("sender.list", {}))
            await asyncio.sleep(0)
            waiting.cancel()
            try:
                await waiting
            except asyncio.CancelledError:
                pass
            await call(client, "system.ping")
        print(f"{mode}: 20 calls cancelled")


def all_is_answered_before_the_end() -> None:
    """Input may end before the answer is there, and before any call."""
    request = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}\n'
    answer = subprocess.run(
        [OPCENTER, "mcp", "--memory"], check=True, input=request, capture_output=True, timeout=60
    )
    check(b'"tools"' in answer.stdout, answer)


async def main() -> None:
    all_is_answered_before_the_end()
    for mode in DIALECTS:
        await schemas_are_sound(mode)
        await a_campaign_is_run(mode)
        await what_is_hidden_is_refused(mode)
        await a_service_dies_and_comes_back(mode)
        await a_call_is_cancelled(mode)
    print(f"{checks} checks, 0 faults")


asyncio.run(main())
