"""Servers that misbehave below HTTP: each is one of our errors, and in time."""

import socket
import threading
import time
from contextlib import contextmanager

import pytest

from agents import errors
from agents.conf import from_mapping
from agents.providers.selection import make_provider
from agents.tests.conftest import MODELS, ask


@contextmanager
def server(behave):
    """A socket that hands every connection, after its request was read, to `behave`."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def run():
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.recv(65536)
                behave(connection, over)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        over.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


@pytest.fixture
def complete(vendor):
    def send(url, timeout=2.0):
        given = {f"{vendor.upper()}_API_KEY": "key-of-a-test", f"{vendor.upper()}_BASE_URL": url}
        provider = make_provider(vendor, from_mapping(given))
        try:
            return provider.complete(ask(), model=MODELS[vendor], timeout=timeout)
        finally:
            provider.close()

    return send


def test_nobody_listens(complete):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(errors.ConnectionFailed):
        complete(f"http://127.0.0.1:{port}")


def test_the_server_hangs_up_without_a_word(complete):
    with server(lambda connection, over: None) as url, pytest.raises(errors.ConnectionFailed):
        complete(url)


def test_the_server_hangs_up_in_the_middle_of_its_answer(complete):
    def half(connection, over):
        connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"id": ')

    with server(half) as url, pytest.raises(errors.ConnectionFailed):
        complete(url)


def test_an_answer_that_trickles_in_ends_with_the_deadline(complete):
    def trickle(connection, over):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n")
        while not over.wait(0.1):
            try:
                connection.sendall(b" ")
            except OSError:
                return

    started = time.monotonic()
    with server(trickle) as url, pytest.raises(errors.ProviderTimeout):
        complete(url, timeout=0.5)
    assert time.monotonic() - started < 1.5


@pytest.mark.parametrize("body", [b"<html>Welcome</html>", b"[]", b"{}", b'{"choices": []}', b'"text"', b"null"])
def test_an_answer_that_is_none_cannot_be_used(complete, body):
    def answer(connection, over):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        connection.sendall(head.encode() + body)

    with server(answer) as url, pytest.raises(errors.OutputError):
        complete(url)


def test_an_error_page_of_a_proxy_is_an_overload(complete):
    def answer(connection, over):
        connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 13\r\n\r\n<html></html>")

    with server(answer) as url, pytest.raises(errors.Overloaded):
        complete(url)
