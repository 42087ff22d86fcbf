"""A local server that plays Meta's and Twilio's sending interfaces and a callback's receiver, faults by script."""

from __future__ import annotations

import base64
import json
import socket
import ssl
import struct
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

RECIPIENT = {"meta": "to", "twilio": "To"}
TEXT = {"twilio": "Body"}


@dataclass(frozen=True, kw_only=True)
class Step:
    """How one request is answered.

    `fault`: `reset` cuts the connection before an answer, `hang` waits `seconds` first; neither answers. `accept`
    says whether the vendor acts on the request, which it may do though its answer never arrives.
    """

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    fault: str = ""
    seconds: float = 0.0
    accept: bool = False


def ok(**fields: Any) -> Step:
    return Step(accept=True, **fields)


def status(code: int, body: Any = None, **headers: str) -> Step:
    return Step(status=code, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def meta_error(code: int, details: str = "", http: int = 400) -> Step:
    error = {"message": f"(#{code}) Something", "type": "OAuthException", "code": code, "fbtrace_id": "A"}
    return status(http, {"error": {**error, "error_data": {"messaging_product": "whatsapp", "details": details}}})


def twilio_error(code: int, message: str = "", http: int = 400) -> Step:
    return status(http, {"code": code, "message": message, "status": http, "more_info": "https://www.twilio.com/docs"})


def reset(*, accept: bool = False) -> Step:
    """The connection is cut before an answer."""
    return Step(fault="reset", accept=accept)


def hang(seconds: float, *, accept: bool = True) -> Step:
    """No answer for so long; then the connection is cut."""
    return Step(fault="hang", seconds=seconds, accept=accept)


@dataclass(frozen=True, kw_only=True)
class Received:
    """A request as it came; `id` is what the vendor calls the message if it was accepted."""

    vendor: str
    path: str
    headers: dict[str, str]
    body: bytes
    accepted: bool
    id: str = ""

    @property
    def data(self) -> dict[str, Any]:
        if self.vendor == "twilio":
            return dict(parse_qsl(self.body.decode(), keep_blank_values=True))
        return json.loads(self.body)

    @property
    def text(self) -> str:
        data = self.data
        if self.vendor == "meta":
            return data["text"]["body"]
        return data["Body"] if self.vendor == "twilio" else data["data"]["execution_result"]

    @property
    def recipient(self) -> str:
        data = self.data
        return data["data"]["client_id"] if self.vendor == "callback" else data[RECIPIENT[self.vendor]]


class VendorServer:
    """Use as a context manager. `script` is played request by request; when it is over everything is accepted.

    `meta_url` and `twilio_url` are base addresses for the settings, `callback_url` one for a channel. `requests` is
    everything that came, `accepted` what a vendor would have delivered, `texts(recipient)` those of one customer in
    order. `seconds` is how long every answer takes.
    """

    def __init__(self, *, seconds: float = 0.0, tls: ssl.SSLContext | None = None) -> None:
        self.seconds = seconds
        self.script: deque[Step] = deque()
        self.requests: list[Received] = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.vendors = self
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> VendorServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def meta_url(self) -> str:
        return f"{self.url}/v23.0"

    twilio_url = url

    @property
    def callback_url(self) -> str:
        return f"{self.url}/callback"

    def play(self, *steps: Step) -> None:
        """How the next requests are answered."""
        with self._lock:
            self.script.extend(steps)

    @property
    def accepted(self) -> list[Received]:
        with self._lock:
            return [request for request in self.requests if request.accepted]

    def texts(self, recipient: str) -> list[str]:
        """What a customer received, in order."""
        return [request.text for request in self.accepted if request.recipient == recipient]

    def take(self, path: str, headers: dict[str, str], body: bytes) -> tuple[Step, Received]:
        """Note a request, and say how it is answered."""
        with self._lock:
            step = self.script.popleft() if self.script else ok()
            number = len(self.requests) + 1
            vendor = _vendor(path)
            name = {"meta": f"wamid.{number:06}", "twilio": f"SM{number:032x}"}.get(vendor, "")
            received = Received(vendor=vendor, path=path, headers=headers, body=body, accepted=step.accept, id=name)
            self.requests.append(received)
        return step, received


def _vendor(path: str) -> str:
    if path.startswith("/2010-04-01/"):
        return "twilio"
    return "meta" if path.endswith("/messages") else "callback"


def _answer(received: Received) -> tuple[int, Any]:
    if received.vendor == "twilio":
        return 201, {"sid": received.id, "status": "queued", "error_code": None, "error_message": None}
    if received.vendor == "meta":
        to = received.data["to"]
        contacts = [{"input": to, "wa_id": to}]
        return 200, {"messaging_product": "whatsapp", "contacts": contacts, "messages": [{"id": received.id}]}
    return 204, None


def basic(user: str, password: str) -> str:
    """The header of basic authentication."""
    return f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"


class _Server(ThreadingHTTPServer):
    """One thread a request; many connections may wait."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    vendors: VendorServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no fault of the server's."""


class _Handler(BaseHTTPRequestHandler):
    """Plays a step."""

    server: _Server

    def do_POST(self) -> None:
        announced = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(announced)
        if len(body) < announced:  # whoever sent it was killed meanwhile: no vendor takes half a request
            self.close_connection = True
            return
        vendors = self.server.vendors
        headers = {name.lower(): value for name, value in self.headers.items()}
        step, received = vendors.take(self.path, headers, body)
        time.sleep(vendors.seconds + step.seconds)
        if step.fault:
            self._cut()
            return
        code, told = _answer(received) if step.accept and step.status == 200 else (step.status, step.body)
        self._say(code, told if step.body is None else step.body, step.headers)

    def _say(self, code: int, told: Any, headers: dict[str, str]) -> None:
        text = told if isinstance(told, bytes) else b"" if told is None else json.dumps(told).encode()
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def _cut(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: object) -> None:
        """Nothing: tests look at what was received."""
