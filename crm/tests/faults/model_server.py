"""A model on a local port that speaks OpenAI's chat completions, each answer after the same pause."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import Any

ANGRY_WORD = "disgrace"
DRAFT = "Thank you for your message. We are open from nine to five every day, and you can write to us at any time."
USAGE = {"prompt_tokens": 120, "completion_tokens": 40, "total_tokens": 160}


class ModelServer:
    """Use as a context manager. `url` is its base address, `requests` how many it answered."""

    def __init__(self, *, seconds: float) -> None:
        self.seconds = seconds
        self.requests = 0
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> ModelServer:
        self._thread.start()
        self._server = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _listen(self) -> asyncio.Server:
        return await asyncio.start_server(self._converse, "127.0.0.1", 0, backlog=1024)

    async def _close(self) -> None:
        self._server.close()
        talking = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in talking:
            task.cancel()
        await asyncio.gather(*talking, return_exceptions=True)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, which clients use for many requests and cut when they are killed."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                length = int(head.partition("content-length:")[2].partition("\r\n")[0] or 0)
                body = json.loads(await reader.readexactly(length))
                await asyncio.sleep(self.seconds)
                self.requests += 1
                told = json.dumps(_completion(body)).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
                writer.write(b"Content-Length: %d\r\n\r\n%b" % (len(told), told))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


def _completion(body: dict[str, Any]) -> dict[str, Any]:
    content = DRAFT if "response_format" not in body else json.dumps(_analysis(body["messages"][-1]["content"]))
    message = {"role": "assistant", "content": content, "refusal": None}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": body["model"],
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": USAGE,
    }


def _analysis(text: str) -> dict[str, Any]:
    angry = ANGRY_WORD in text
    return {
        "sentiment": "negative" if angry else "neutral",
        "sentiment_confidence": 0.97,
        "intent": "general_inquiry",
        "intent_confidence": 0.95,
        "language": "en",
        "locale_confidence": 0.99,
        "asks_for_human": False,
        "suspected_injection": False,
    }
