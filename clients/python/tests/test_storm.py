"""Many at once, while the service is killed again and again."""

from __future__ import annotations

import asyncio
import random
import threading
from concurrent.futures import ThreadPoolExecutor

import scenario
from operation_center import AsyncClient, Client, types
from service import LIMIT, Service

WORKERS = 8
EACH = 40
KILLS = 5


class Progress:
    """How much is done, to kill at a moment that chance has chosen."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._count = 0

    def step(self) -> None:
        with self._news:
            self._count += 1
            self._news.notify_all()

    def wait(self, count: int) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self._count >= count, 3 * LIMIT), self._count


def kill_now_and_then(service: Service, progress: Progress, chance: random.Random) -> None:
    for count in sorted(chance.sample(range(1, WORKERS * EACH), KILLS)):
        progress.wait(count)
        service.kill()
        service.start()


def check(client: Client, project: str, names: set[str]) -> None:
    """Everything was done once, and told once."""
    assert sorted(guest.name for guest in client.guests.list_items(project)) == sorted(names)
    stream = client.follow(kinds=["guest_created"], after_sequence=0)
    told = [next(stream).guest_id for _ in names]
    assert len(set(told)) == len(names)
    assert stream.next(0.05) is None


def test_threads(durable: Service, chance: random.Random) -> None:
    progress = Progress()
    with Client.connect(
        address_file=durable.address_file, token_file=durable.token_file, timeout=LIMIT
    ) as client:
        sender = client.call(scenario.sender())
        project = client.call(scenario.project(sender.id))
        stream = client.follow(project_id=project.id, kinds=["guest_created"])
        assert stream.next(0) is None

        def work(worker: int) -> list[str]:
            names = [f"Guest {worker}-{number}" for number in range(EACH)]
            for number, name in enumerate(names):
                phone = f"0812-3{worker:03}{number:04}"
                client.guests.create(project.id, name=name, phone=phone)
                progress.step()
            return names

        def follow() -> list[str | None]:
            return [next(stream).guest_id for _ in range(WORKERS * EACH)]

        with ThreadPoolExecutor(WORKERS + 1) as pool:
            following = pool.submit(follow)
            working = [pool.submit(work, worker) for worker in range(WORKERS)]
            kill_now_and_then(durable, progress, chance)
            names = {name for each in working for name in each.result(3 * LIMIT)}
            told = following.result(3 * LIMIT)
        assert len(set(told)) == len(told) == len(names)
        check(client, project.id, names)


def test_tasks(durable: Service, chance: random.Random) -> None:
    progress = Progress()
    names: set[str] = set()

    async def work(client: AsyncClient, project: str, worker: int) -> None:
        for number in range(EACH):
            name, phone = f"Guest {worker}-{number}", f"0812-3{worker:03}{number:04}"
            await client.guests.create(project, name=name, phone=phone)
            names.add(name)
            progress.step()

    async def follow(client: AsyncClient, project: types.ProjectView) -> list[str | None]:
        stream = client.follow(project_id=project.id, kinds=["guest_created"], after_sequence=0)
        return [(await anext(stream)).guest_id for _ in range(WORKERS * EACH)]

    async def run() -> types.ProjectView:
        async with AsyncClient.connect(
            address_file=durable.address_file, token_file=durable.token_file, timeout=LIMIT
        ) as client:
            sender = await client.call(scenario.sender())
            project = await client.call(scenario.project(sender.id))
            following = asyncio.create_task(follow(client, project))
            killing = asyncio.to_thread(kill_now_and_then, durable, progress, chance)
            await asyncio.gather(killing, *(work(client, project.id, n) for n in range(WORKERS)))
            told = await following
            assert len(set(told)) == len(told)
            return project

    project = asyncio.run(asyncio.wait_for(run(), 6 * LIMIT))
    with Client.connect(
        address_file=durable.address_file, token_file=durable.token_file, timeout=LIMIT
    ) as client:
        check(client, project.id, names)
