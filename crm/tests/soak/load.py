"""What comes in, and who is killed meanwhile."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from crm.tests.faults.stage import Message, Process, Stage, wait_until

SENDERS = 8
WORKERS = 2
# So many messages of ten are delivered a second time.
AGAIN = 0.1
ANGRY = 0.02
LONGEST_SECONDS = 1800
FIRST_CLIENT = 34_600_000_000


class Load:
    """Messages of many customers, a tenth of them delivered twice; two workers, one of which dies now and then.

    A killed worker is started again a second later, as `serve` does. Who killed what when is in the totals: `kills`,
    and `seconds` from the first message until nothing is left to do.
    """

    def __init__(self, scene: Stage, *, messages: int, conversations: int, kill_every: float, seed: int) -> None:
        self.scene, self.kill_every = scene, kill_every
        self.random = random.Random(seed)
        self.messages = [self._message(number, conversations) for number in range(messages)]
        self.deliveries = self.kills = self.refused = 0
        self.seconds = self.seconds_of_delivery = 0.0
        self._workers: list[Process] = []
        self._lock = threading.Lock()
        self._over = threading.Event()

    def _message(self, number: int, conversations: int) -> Message:
        client = str(FIRST_CLIENT + self.random.randrange(conversations))
        text = "This is a disgrace" if self.random.random() < ANGRY else "What are your opening hours"
        return Message(client=client, text=f"{text} ({number})", name=f"wamid.{number:08}")

    def run(self) -> None:
        with self.scene.running("server", "server") as servers:
            self._workers = [self.scene.start("worker") for _ in range(WORKERS)]
            killing = threading.Thread(target=self._kill_again_and_again)
            began = time.monotonic()
            killing.start()
            try:
                self._deliver_all(servers)
                self.seconds_of_delivery = time.monotonic() - began
                wait_until(self.scene.is_settled, seconds=LONGEST_SECONDS)
                self.seconds = time.monotonic() - began
            finally:
                self._over.set()
                killing.join()
                for worker in self._workers:
                    worker.kill()

    def _deliver_all(self, servers: list[Process]) -> None:
        """Each customer's messages in their order, those of different customers beside each other."""
        lanes: list[list[Message]] = [[] for _ in range(SENDERS)]
        for message in self.messages:
            lanes[int(message.client) % SENDERS].append(message)
        with ThreadPoolExecutor(SENDERS) as pool:
            list(pool.map(lambda lane: self._deliver_lane(lane, servers), lanes))

    def _deliver_lane(self, lane: list[Message], servers: list[Process]) -> None:
        for number, message in enumerate(lane):
            message.sent_at = time.time()
            self._deliver(message, servers[number % len(servers)])
            if self.random.random() < AGAIN:
                self._deliver(message, servers[(number + 1) % len(servers)])

    def _deliver(self, message: Message, server: Process) -> None:
        while self.scene.deliver(message, server) != 200:
            with self._lock:
                self.refused += 1
            time.sleep(0.1)
        with self._lock:
            self.deliveries += 1

    def _kill_again_and_again(self) -> None:
        while self.kill_every and not self._over.wait(self.random.uniform(0.5, 1.5) * self.kill_every):
            number = self.random.randrange(WORKERS)
            self._workers[number].kill()
            self.kills += 1
            self._over.wait(1)
            self._workers[number] = self.scene.start("worker")
