"""Which addresses a callback may go to: public ones, so that nobody makes us knock at doors inside the house."""

from __future__ import annotations

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings as django_settings
from django.utils.translation import gettext as _

from crm.conf import settings

HTTPS, HTTP = 443, 80
# What some resolvers take for a number: 2130706433, 0x7f.1, 0177.0.0.1.
NUMBER = re.compile(r"(0x[0-9a-f]*|\d+)", re.IGNORECASE)
INSIDE = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "in-addr.arpa", "ip6.arpa")
NAME = re.compile(r"(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*")
UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")
# Networks that lead to another address than the one that is written.
TRANSLATED = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressRefused(Exception):
    """A callback may not go there; the text says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """Where a callback goes: the name it is for, and the addresses that were checked."""

    url: SplitResult
    host: str
    port: int
    addresses: tuple[str, ...]

    @property
    def host_header(self) -> str:
        host = _bracketed(self.host)
        return host if self.url.port is None else f"{host}:{self.url.port}"

    def url_at(self, address: str) -> str:
        """The callback's address with one of the checked addresses in the name's place."""
        return self.url._replace(netloc=f"{_bracketed(address)}:{self.port}", fragment="").geturl()


def callback_url_check(url: str) -> None:
    """Refuse an address that is not public, as far as it can be seen without asking for its name.

    Raises `AddressRefused` with a sentence.
    """
    _host(_split(url))


def resolve(url: str) -> Target:
    """The addresses behind a callback's address, all of them public.

    Raises `AddressRefused`, and `OSError` when the name is not known now.
    """
    parts = _split(url)
    host = _host(parts)
    port = parts.port or (HTTPS if parts.scheme == "https" else HTTP)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    addresses = tuple(dict.fromkeys(str(item[4][0]).partition("%")[0] for item in found))
    for address in addresses:
        _check(ipaddress.ip_address(address))
    return Target(url=parts, host=host, port=port, addresses=addresses)


def is_public(address: Address) -> bool:
    """Whether an address is out on the internet, looking through those that stand for another one."""
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or address.sixtofour
        if within is None and any(address in network for network in TRANSLATED):
            within = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if within is not None:
            return is_public(within)
        if address.teredo is not None or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _split(url: str) -> SplitResult:
    if UNPRINTABLE.search(url):
        raise AddressRefused(_("The address holds a space, a backslash or a control character."))
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(_("This is no address.")) from error
    if parts.scheme != "https" and not (parts.scheme == "http" and _private_allowed()):
        raise AddressRefused(_("The address must begin with https://."))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(_("The address must not hold a user name or a password."))
    if not parts.hostname or port == 0:
        raise AddressRefused(_("This is no address."))
    return parts


def _host(parts: SplitResult) -> str:
    """The host in the form in which it is asked for; literal addresses are checked."""
    host = (parts.hostname or "").lower()
    try:
        literal = ipaddress.ip_address(host)
    except ValueError:
        return _name(host)
    if "%" in host:
        raise AddressRefused(_("The address must not name a network interface."))
    _check(literal)
    return str(literal)


def _name(host: str) -> str:
    try:
        name = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError as error:
        raise AddressRefused(_("This is no name of a server.")) from error
    name = name.removesuffix(".")
    if NUMBER.fullmatch(name.rpartition(".")[2]):
        raise AddressRefused(_("Write an address in numbers as four of them, such as 203.0.113.7."))
    if not NAME.fullmatch(name):
        raise AddressRefused(_("This is no name of a server."))
    inside = "." not in name or any(name == ending or name.endswith(f".{ending}") for ending in INSIDE)
    if inside and not _private_allowed():
        raise AddressRefused(_("The address is not public."))
    return name


def _check(address: Address) -> None:
    if not is_public(address) and not _private_allowed():
        raise AddressRefused(_("The address is not public."))


def _private_allowed() -> bool:
    return settings().callbacks_to_private_addresses or django_settings.DEBUG
