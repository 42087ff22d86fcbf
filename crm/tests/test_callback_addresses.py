"""Callbacks go to public addresses, to exactly the one that was checked."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
from uuid import uuid4

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crm.models import Channel
from crm.tests.doubles import VendorServer
from crm.vendors.base import Fate, Outgoing
from crm.vendors.callback.addresses import AddressRefused, callback_url_check, is_public, resolve
from crm.vendors.callback.sending import callback_secret_new
from crm.vendors.senders import attempt

PRIVATE = [
    "http://crm.example.com/hook",
    "ftp://crm.example.com/hook",
    "//crm.example.com/hook",
    "crm.example.com/hook",
    "",
    "https://",
    "https:///hook",
    "https://user@crm.example.com/",
    "https://user:word@crm.example.com/",
    "https://crm.example.com@127.0.0.1/",
    "https://127.0.0.1#@crm.example.com/",
    "https://127.0.0.1\\@crm.example.com/",
    "https://crm.example.com\\.evil/",
    "https://crm.example.com/a b",
    "https://crm.example.com/\r\nX: y",
    "https://crm.example.com:0/",
    "https://crm.example.com:99999/",
    "https://crm.example.com:port/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://printer/",
    "https://db.internal/",
    "https://router.local/",
    "https://booms.localhost/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://127.0.0.1./",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0x7f.0.0.1/",
    "https://0177.0.0.1/",
    "https://017700000001/",
    "https://crm.example.0x7f/",
    "https://①②⑦.⓪.⓪.①/",
    "https://127。0。0。1/",
    "https://0.0.0.0/",
    "https://10.0.0.1/",
    "https://172.16.3.4/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://192.0.2.1/",
    "https://198.18.0.1/",
    "https://224.0.0.1/",
    "https://240.0.0.1/",
    "https://255.255.255.255/",
    "https://[::]/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[::127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[64:ff9b:1::a00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:0:4136:e378:8000:63bf:80ff:fffe]/",
    "https://[fe80::1]/",
    "https://[fe80::1%25eth0]/",
    "https://[fc00::1]/",
    "https://[fec0::1]/",
    "https://[ff02::1]/",
    "https://[2001:db8::1]/",
    "https://[::1/",
    "https://crm..example.com/",
    "https://-crm.example.com/",
    f"https://{'a' * 64}.example.com/",
    f"https://{'a.' * 130}com/",
]
PUBLIC = [
    "https://crm.example.com/hook",
    "https://crm.example.com:8443/hook?team=4",
    "https://crm.example.com./hook",
    "HTTPS://CRM.EXAMPLE.COM/hook",
    "https://bücher.example/hook",
    "https://93.184.216.34/hook",
    "https://[2606:4700:4700::1111]:8443/hook",
    "https://[::ffff:93.184.216.34]/",
    "https://127.0.0.1.example.com/",
    "https://1password.com/",
    "https://my_host.example.com/",
]


@pytest.mark.parametrize("url", PRIVATE)
def test_an_address_that_is_not_public_is_refused_with_a_sentence(url):
    with pytest.raises(AddressRefused, match=r"\.$"):
        callback_url_check(url)


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_address_is_taken(url):
    callback_url_check(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8000/", "https://localhost/", "http://[::1]:9/", "http://n8n:5678/"])
def test_private_addresses_are_taken_where_they_are_allowed(settings, url):
    settings.CHANNELS = {**settings.CHANNELS, "CALLBACKS_TO_PRIVATE_ADDRESSES": True}
    callback_url_check(url)


def test_even_there_an_address_in_disguise_is_refused(settings):
    settings.CHANNELS = {**settings.CHANNELS, "CALLBACKS_TO_PRIVATE_ADDRESSES": True}
    for url in ("https://0x7f000001/", "https://user@127.0.0.1/", "file:///etc/passwd"):
        with pytest.raises(AddressRefused):
            callback_url_check(url)


def test_no_address_of_any_private_network_is_public():
    networks = "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.168.0.0/16 224.0.0.0/4"
    for network in map(ipaddress.ip_network, networks.split()):
        for address in (network[0], network[1], network[network.num_addresses // 2], network[-1]):
            assert not is_public(address)
            assert not is_public(ipaddress.ip_address(f"::ffff:{address}"))


@pytest.fixture
def names(monkeypatch):
    """Names for this test: each a list of answers, one a look-up, each a list of addresses."""
    known, asked, look_up = {}, [], socket.getaddrinfo

    def getaddrinfo(host, port, *args, **options):
        if not any(letter.isalpha() for letter in host):
            return look_up(host, port, *args, **options)
        asked.append(host)
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        answer = known[host].pop(0) if len(known[host]) > 1 else known[host][0]
        family = {4: socket.AF_INET, 6: socket.AF_INET6}
        return [
            (family[ipaddress.ip_address(item).version], socket.SOCK_STREAM, 6, "", (item, port)) for item in answer
        ]

    known["asked"] = asked
    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


def message(url, **fields):
    values = {"reply_id": uuid4(), "kind": Channel.Kind.API, "address": "bot", "recipient": "CRM-1", "text": "Hello."}
    return Outgoing(**values, callback_url=url, callback_secret=callback_secret_new(), event={"type": "t"}, **fields)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["93.184.216.34", "10.0.0.1"], ["::1"], ["::ffff:10.0.0.1"]])
def test_a_name_that_leads_inside_is_refused_when_it_is_sent_to(names, addresses):
    names["rebound.example.com"] = [addresses]
    outcome = attempt(message("https://rebound.example.com/"))
    assert (outcome.fate, outcome.failure) == (Fate.REFUSED, "address_not_allowed")


def test_a_name_that_is_not_known_now_is_tried_again(names):
    outcome = attempt(message("https://crm.example.com/"))
    assert (outcome.fate, outcome.failure) == (Fate.RETRY, "unavailable")


def test_the_name_is_asked_for_once_and_the_address_that_was_checked_is_dialled(names, settings):
    settings.CHANNELS = {**settings.CHANNELS, "CALLBACKS_TO_PRIVATE_ADDRESSES": True}
    names["hook.example.com"] = [["127.0.0.1"], ["192.0.2.1"]]
    with VendorServer() as server:
        port = server.url.rpartition(":")[2]
        outcome = attempt(message(f"http://hook.example.com:{port}/callback?team=4#part"))
    assert outcome.fate == Fate.ACCEPTED
    assert names["asked"].count("hook.example.com") == 1
    (request,) = server.requests
    assert request.path == "/callback?team=4"
    assert request.headers["host"] == f"hook.example.com:{port}"


def test_an_address_that_takes_no_connection_leaves_the_next_one(names, settings):
    settings.CHANNELS = {**settings.CHANNELS, "CALLBACKS_TO_PRIVATE_ADDRESSES": True}
    names["hook.example.com"] = [["127.0.0.2", "127.0.0.1"]]
    with VendorServer() as server:
        port = server.url.rpartition(":")[2]
        assert attempt(message(f"http://hook.example.com:{port}/callback")).fate == Fate.ACCEPTED


def test_the_targets_address_keeps_its_port_and_brackets(names):
    names["hook.example.com"] = [["2606:4700:4700::1111", "93.184.216.34"]]
    target = resolve("https://hook.example.com:8443/hook?a=b#c")
    assert [target.url_at(address) for address in target.addresses] == [
        "https://[2606:4700:4700::1111]:8443/hook?a=b",
        "https://93.184.216.34:8443/hook?a=b",
    ]
    assert target.host_header == "hook.example.com:8443"


@pytest.fixture
def secure_server(tmp_path, monkeypatch):
    """The double behind TLS, with a certificate for hook.example.com that this test's clients trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "hook.example.com")])
    now = datetime.datetime.now(datetime.UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    certificate = (
        builder.not_valid_before(now - datetime.timedelta(minutes=1))
        .not_valid_after(now + datetime.timedelta(minutes=5))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("hook.example.com")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (tmp_path / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
    (tmp_path / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", tmp_path / "key.pem")
    trusting = ssl.create_default_context(cafile=str(tmp_path / "certificate.pem"))
    client = httpx.Client(verify=trusting, trust_env=False)
    monkeypatch.setattr("crm.vendors.callback.sending._client", lambda: client)
    with VendorServer(tls=context) as server:
        yield server
    client.close()


@pytest.mark.parametrize(
    ("host", "fate"),
    [("hook.example.com", Fate.ACCEPTED), ("other.example.com", Fate.RETRY), ("127.0.0.1", Fate.RETRY)],
)
def test_the_certificate_must_be_for_the_name_though_the_address_is_dialled(names, settings, secure_server, host, fate):
    settings.CHANNELS = {**settings.CHANNELS, "CALLBACKS_TO_PRIVATE_ADDRESSES": True}
    names[host] = [["127.0.0.1"]]
    port = secure_server.url.rpartition(":")[2]
    assert attempt(message(f"https://{host}:{port}/callback")).fate == fate
    assert len(secure_server.accepted) == (fate == Fate.ACCEPTED)
