"""Counts who comes to what, and who eats what, from the messages of a run alone.

    opcenter run --guests guests.csv --chatflow wedding.chatflow.json --journal DIR
    python3 recount.py OPCENTER DIR

It reads the guest list, who is asked through whom, and what was written, decides by itself what each answer
means, and compares its sums with those of `stats.rsvp` and `stats.answers`. Exit code 1 where they differ.
Nothing of the program is used but its answers to `*.list`, `campaign.results` and the two statistics.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FLOW = Path(__file__).with_name("wedding.chatflow.json")


class Service:
    """Asks a service over its standard streams, one request at a time."""

    def __init__(self, program: str, directory: str) -> None:
        self._number = 0
        self._process = subprocess.Popen(
            [program, "serve", "--stdio", "--data", directory], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        assert self._process.stdin and self._process.stdout
        self._number += 1
        request = {"jsonrpc": "2.0", "id": self._number, "method": method, "params": params}
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        result: dict[str, Any] = answer["result"]
        return result

    def items(self, method: str, **params: Any) -> Iterator[dict[str, Any]]:
        cursor: dict[str, Any] = {}
        while True:
            page = self.call(method, limit=200, **params, **cursor)
            yield from page["items"]
            if "next_cursor" not in page:
                return
            cursor = {"cursor": page["next_cursor"]}

    def close(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


@dataclass
class Person:
    """What the messages say of one guest."""

    party: dict[str, int]
    coming: dict[str, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    dish: str | None = None

    def say(self, event: str, comes: bool) -> None:
        if event not in self.party:
            return
        self.answered.add(event)
        if not comes:
            self.coming.pop(event, None)
        elif event not in self.coming:
            self.coming[event] = self.party[event]


class Recount:
    def __init__(self, flow: dict[str, Any], guests: list[dict[str, Any]]) -> None:
        self.events = [(event["key"], event["name"]) for event in flow["project"]["events"]]
        self.people = {guest["id"]: self._person(guest) for guest in guests}
        nodes = {node["id"]: node["data"] for node in flow["nodes"]}
        # Who was asked about their dish.
        self._fed: set[str] = set()
        self._titles: dict[str, dict[str, str]] = {
            "answer": self._named(nodes["answer"]["replies"], "handle"),
            "answer_2": self._named(nodes["answer_2"]["replies"], "handle"),
            "who": self._named(nodes["who"]["questions"][0]["choices"], "value"),
            "meal": self._named(nodes["meal"]["questions"][0]["choices"], "value"),
        }
        for reply in nodes["answer"]["replies"]:
            for word in reply["keywords"]:
                for wait in ("answer", "answer_2"):
                    self._titles[wait][plain(word)] = reply["handle"]

    def _person(self, guest: dict[str, Any]) -> Person:
        own = {event["key"]: event.get("party_size") for event in guest["events"]}
        invited = guest.get("invited_to") or [key for key, _ in self.events]
        return Person({key: own.get(key) or guest["party_size"] for key in invited})

    def _choice(self, node: str, text: str) -> str | None:
        """A title, or which of the choices it is."""
        titles = self._titles[node]
        place = re.fullmatch(r"\s*([1-9])\W*", text)
        values = list(dict.fromkeys(titles.values()))
        if place and int(place[1]) <= len(values):
            return values[int(place[1]) - 1]
        return titles.get(plain(text))

    @staticmethod
    def _named(choices: list[dict[str, Any]], name: str) -> dict[str, str]:
        titles = {plain(title): choice[name] for choice in choices for title in choice["title"].values()}
        return titles | {plain(choice[name]): choice[name] for choice in choices}

    def read(self, messages: list[dict[str, Any]], household: list[str]) -> None:
        """One walk, oldest message first; the guest who is asked stands first."""
        asked: dict[str, Any] | None = None
        self._fed = set()
        by_id = {
            message["gateway_message_id"]: message
            for message in messages if message["gateway_message_id"]
        }
        for message in messages:
            content = message["content"]
            if message["direction"] == "outbound":
                # Whoever changes their mind is asked everything anew.
                if message["node_id"] == "who":
                    self._fed = set()
                if message["node_id"] == "meal" and content["buttons"]:
                    self._fed.add(self._eater(message, household) or "")
                # A question that is asked again may be asked in other words.
                is_first = asked is None or asked["content"]["text"] is None
                if message["purpose"] in ("node", "question") or is_first:
                    asked = message
                elif message["purpose"] in ("invalid", "reprompt") and message["gateway_message_id"]:
                    by_id[message["gateway_message_id"]] = asked or message
                continue
            if message.get("disposition") != "applied":
                continue
            if content["payload"]:
                _, node, handle = content["payload"].split(":")
                self._tap(node, handle, household)
            elif asked is not None and content["type"] in ("text", "button"):
                question = by_id.get(content["quotes"] or "", asked)
                # Where a question was left, what is written later decides nothing.
                waits = ("answer", "answer_2", "invite", "remind")
                takers = waits if question["node_id"] in waits else (question["node_id"],)
                if message["node_id"] in takers:
                    self._text(question, content["text"] or "", household)

    def _tap(self, node: str, handle: str, household: list[str]) -> None:
        if node in ("answer", "answer_2"):
            self._reply(handle, household)
        elif node == "who":
            self._come(handle.split(".")[1], household)
        elif node == "meal":
            _, dish, guest, _ = handle.split(".")
            self._eat(self._guest(guest, household), dish, household)

    @staticmethod
    def _guest(counter: str, household: list[str]) -> str:
        return household[0] if counter == "0" else f"gst_{base32(int(counter))}"

    def _eater(self, question: dict[str, Any], household: list[str]) -> str | None:
        """Whom a question about dishes is about: its buttons say it, once it was sent."""
        for button in question["content"]["buttons"]:
            return self._guest(button["payload"].split(".")[-2], household)
        if question["status"] == "failed":
            return None
        # What is written while a question waits for the morning answers it all the same.
        return next(
            (guest for guest in household if self.people[guest].coming and guest not in self._fed), None)

    def _text(self, question: dict[str, Any], text: str, household: list[str]) -> None:
        node = question["node_id"]
        shown = question["content"]["text"] or ""
        if node in ("invite", "remind", "answer", "answer_2"):
            self._reply(self._titles["answer"].get(plain(text), ""), household)
        elif node == "who":
            self._which(shown, text, household)
        elif node == "meal":
            chosen, guest = self._choice("meal", text), self._eater(question, household)
            if chosen and guest:
                self._eat(guest, chosen, household)
        elif node == "seats":
            number = re.search(r"\d+", text)
            person = self.people[household[0]]
            for key, name in self.events:
                is_asked = name in shown and key in person.coming
                if number and is_asked and 1 <= int(number[0]) <= person.party[key]:
                    person.coming[key] = int(number[0])

    def _which(self, shown: str, text: str, household: list[str]) -> None:
        listed = re.findall(r"^\d+\. (.*)$", shown, re.MULTILINE)
        choice = self._choice("who", text)
        if not listed and choice:
            self._come(choice, household)
        elif listed:
            places = [int(digits) - 1 for digits in re.findall(r"\d+", text)]
            if places and re.fullmatch(r"[\d\s,.]+", text) and all(0 <= place < len(listed) for place in places):
                chosen = {listed[place] for place in places}
                for key, name in self.events:
                    if name in listed:
                        self._say(key, name in chosen, household)

    def _reply(self, handle: str, household: list[str]) -> None:
        if handle == "no":
            self._come("none", household)

    def _come(self, choice: str, household: list[str]) -> None:
        if choice in ("all", "none"):
            for key, _ in self.events:
                self._say(key, choice == "all", household)

    def _say(self, event: str, comes: bool, household: list[str]) -> None:
        for guest in household:
            self.people[guest].say(event, comes)

    def _eat(self, guest: str, dish: str, household: list[str]) -> None:
        if guest in household and self.people[guest].coming:
            self.people[guest].dish = dish

    def heads(self, event: str) -> Counter[str]:
        sums: Counter[str] = Counter()
        for person in self.people.values():
            if event not in person.party:
                continue
            invited, coming = person.party[event], person.coming.get(event, 0)
            sums["invited"] += invited
            sums["attending"] += coming
            if event not in person.answered:
                sums["pending"] += invited
            else:
                sums["declined"] += invited - coming
        return sums

    def dishes(self, event: str) -> Counter[str]:
        sums: Counter[str] = Counter()
        for person in self.people.values():
            if event in person.coming:
                sums[person.dish or "unanswered"] += person.coming[event]
        return sums


def plain(text: str) -> str:
    """A title as people write it, and as it is printed, are the same."""
    return re.sub(r"[^\w ]", "", text).strip().lower()


def base32(number: int) -> str:
    """Counters as identifiers have them: Crockford's alphabet in small letters."""
    digits = ""
    while number:
        number, rest = divmod(number, 32)
        digits = "0123456789abcdefghjkmnpqrstvwxyz"[rest] + digits
    return digits


def main(program: str, directory: str) -> int:
    service = Service(program, directory)
    try:
        guests = list(service.items("guest.list", project_id="prj_1"))
        recount = Recount(json.loads(FLOW.read_text(encoding="utf-8")), guests)
        households: dict[str, list[str]] = {}
        for result in service.items("campaign.results", campaign_id="cmp_1"):
            through = result.get("through")
            if through:
                households.setdefault(through["id"], []).append(result["guest"]["id"])
        walks: dict[str, list[dict[str, Any]]] = {}
        for message in service.items("message.list", campaign_id="cmp_1"):
            walks.setdefault(message["execution_id"], []).append(message)
        for messages in walks.values():
            speaker = messages[0]["guest"]["id"]
            messages.sort(key=lambda message: (message["created_at"], message["direction"]))
            recount.read(messages, [speaker, *households.get(speaker, [])])
        return compare(service, recount)
    finally:
        service.close()


def compare(service: Service, recount: Recount) -> int:
    differences = 0
    for kept in service.call("stats.rsvp", project_id="prj_1")["events"]:
        counted = recount.heads(kept["event"])
        for name in ("invited", "attending", "declined", "pending"):
            if kept["heads"][name] != counted[name]:
                differences += 1
                print(f"{kept['event']}: {name} {counted[name]}, and the program says {kept['heads'][name]}")
    for kept in service.call("stats.answers", project_id="prj_1", question="dish")["events"]:
        dishes = Counter(kept["answers"]) + Counter(unanswered=kept["unanswered"])
        if +recount.dishes(kept["event"]) != dishes:
            differences += 1
            print(f"{kept['event']}: {dict(recount.dishes(kept['event']))}, and the program says {dict(dishes)}")
    print(f"{len(recount.people)} guests, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: recount.py OPCENTER DIR")
    sys.exit(main(sys.argv[1], sys.argv[2]))
