"""A model on OpenAI's wire and Perplexity's search, both on a local socket: what an agent that searches needs."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Desk:
    """Answers as both vendors would. `rows` are proposed for a question once a search has answered.

    `found` is the text that the search gives and `addresses` where it is from; `spoil` changes a deliverable that the
    model writes; `remark` is what it says, `status` the search's. `searches` are the questions that were searched.
    """

    def __init__(self, *, rows: Mapping[str, str], found: str, addresses: tuple[str, ...]) -> None:
        self.rows, self.found, self.addresses = dict(rows), found, addresses
        self.remark = "Thank you."
        self.spoil: Callable[[dict[str, Any]], None] = lambda _sheet: None
        self.searches: list[str] = []
        self.status = 200
        desk = self

        class Handler(BaseHTTPRequestHandler):
            """One request to either vendor."""

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                search = self.path.startswith("/perplexity")
                answer = json.dumps(desk.search(body) if search else desk.model(body)).encode()
                self.send_response(desk.status if search else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_args: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def search(self, body: dict[str, Any]) -> dict[str, Any]:
        self.searches.append(body["messages"][-1]["content"])
        results = [{"title": f"Report {place}", "url": url} for place, url in enumerate(self.addresses, 1)]
        usage = {"prompt_tokens": 20, "completion_tokens": 60, "cost": {"total_cost": 0.006}}
        message = {"role": "assistant", "content": self.found}
        return {"model": body["model"], "choices": [{"message": message}], "search_results": results, "usage": usage}

    def model(self, body: dict[str, Any]) -> dict[str, Any]:
        fields = body.get("response_format", {}).get("json_schema", {}).get("schema", {}).get("properties", {})
        if "remark" in fields:
            return self._hear(body["messages"])
        if "suggestions" in fields and "issues" in fields:
            return _said({"completeness": 9, "coherence": 9, "issues": [], "suggestions": []})
        sheet = json.loads(_between(body["messages"], "worksheet"))
        self.spoil(sheet)
        return _said(sheet)

    def _hear(self, messages: list[dict[str, Any]]) -> dict[str, Any]:
        interview = _between(messages, "interview")
        wanted = [key for key in re.findall(r"^rows of (\w+):", interview, re.MULTILINE) if key in self.rows]
        if wanted and messages[-1]["role"] != "tool":
            return _called({"query": f"What are the benchmarks for {wanted[0]}?"})
        asked = re.search(r"question being asked: (\w+)", interview)
        answers = [{"key": asked[1], "words": _between(messages, "consultant")}] if asked else []
        proposals = [{"key": key, "rows": self.rows.pop(key)} for key in wanted]
        return _said({"kind": "answer", "answers": answers, "remark": self.remark, "proposals": proposals})


def _between(messages: list[dict[str, Any]], tag: str) -> str:
    text = next(m["content"] for m in reversed(messages) if m["role"] == "user")
    return re.search(rf"<{tag}>\n(.*?)\n</{tag}>", text, re.DOTALL)[1]


def _said(content: dict[str, Any]) -> dict[str, Any]:
    return _completion({"role": "assistant", "content": json.dumps(content)}, "stop")


def _called(arguments: dict[str, Any]) -> dict[str, Any]:
    function = {"name": "web_search", "arguments": json.dumps(arguments)}
    calls = [{"id": "call_1", "type": "function", "function": function}]
    return _completion({"role": "assistant", "content": None, "tool_calls": calls}, "tool_calls")


def _completion(message: dict[str, Any], finish: str) -> dict[str, Any]:
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "gpt-4o-2024-08-06",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
        "usage": {"prompt_tokens": 900, "completion_tokens": 80, "total_tokens": 980},
    }
