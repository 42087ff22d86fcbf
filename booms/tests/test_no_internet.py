"""The guard of these tests, tested."""

import socket

import httpx
import httpx2
import pytest

from conftest import InternetReached


@pytest.mark.parametrize("address", [("192.0.2.1", 443), ("example.com", 443), ("2001:db8::1", 443)])
def test_a_socket_does_not_leave_this_machine(address):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as out, pytest.raises(InternetReached):
        out.connect(address)


def test_a_name_is_not_looked_up():
    with pytest.raises(InternetReached):
        socket.getaddrinfo("example.com", 443)


@pytest.mark.parametrize("client", [httpx, httpx2])
def test_no_client_gets_out_or_mistakes_the_guard_for_the_network(client):
    with client.Client(trust_env=False) as browser, pytest.raises(InternetReached):
        browser.get("http://192.0.2.1/")


def test_this_machine_can_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        socket.create_connection(listener.getsockname()).close()
