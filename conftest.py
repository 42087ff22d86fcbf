"""What all tests share: no way out to the internet, and an empty ledger."""

from __future__ import annotations

import ipaddress
import socket

import pytest


class InternetReached(BaseException):
    """A test tried to leave this machine. No `Exception`, so that nothing takes it for a network's failure."""


def _local(host):
    if host in ("localhost", "", None):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def no_internet():
    """Connections and name look-ups that leave this machine fail the test."""
    originals = {name: getattr(socket.socket, name) for name in ("connect", "connect_ex")}
    look_up = socket.getaddrinfo

    def guarded(original):
        def connect(self, address):
            if self.family != socket.AF_UNIX and not _local(address[0]):
                raise InternetReached(f"A test tried to reach {address}.")
            return original(self, address)

        return connect

    def getaddrinfo(host, *args, **options):
        if not _local(host.decode() if isinstance(host, bytes) else host):
            raise InternetReached(f"A test tried to look up {host}.")
        return look_up(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name, original in originals.items():
            patch.setattr(socket.socket, name, guarded(original))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.fixture(autouse=True)
def an_empty_ledger(request):
    """Steps of a graph run in threads of their own, whose ledger rows are committed and outlive their test."""
    if request.node.get_closest_marker("django_db"):
        from agents.models import ModelCall

        request.getfixturevalue("_django_db_marker")
        ModelCall.objects.all().delete()
