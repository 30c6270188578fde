"""Where webhooks may go, and where never."""

from __future__ import annotations

import ipaddress
import socket

import pytest
from django.conf import settings

from pipeline.desk.errors import Invalid
from pipeline.desk.services import destination
from pipeline.desk.services.destination import Destination, Unreachable, is_public

INSIDE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.1.2.3", "169.254.169.254", "172.16.0.1", "192.0.0.1",
    "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1", "100::1", "2001:db8::1", "2002:7f00:1::",
    "2002:a00:1::1", "2002:808:808::1", "2001:0:7f00:1::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1",
]  # fmt: skip
OUTSIDE = [
    "1.1.1.1", "8.8.8.8", "93.184.215.14", "::ffff:8.8.8.8", "64:ff9b::808:808", "2606:4700:4700::1111",
    "2a00:1450:4001::5e",
]  # fmt: skip


@pytest.fixture(autouse=True)
def hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the operator allows."""
    monkeypatch.setattr(settings, "DESK_WEBHOOK_HOSTS", ["hooks.example", "hooks.example:8443", "127.0.0.1"])


@pytest.mark.parametrize("address", INSIDE)
def test_no_address_of_the_inside(address: str) -> None:
    """Private, loopback, link-local, reserved, multicast, documentation: also where IPv6 hides an IPv4 one."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", OUTSIDE)
def test_addresses_of_the_open_internet(address: str) -> None:
    """They stay allowed: a check that refuses everything checks nothing."""
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/", "https://other.example/", "https://hooks.example.evil.example/", "https:///x",
        "https://hooks.example@evil.example/", "https://evil.example@hooks.example/", "https://hooks.example:444/",
        "https://hooks.example:99999/", "https://hooks.example/#x", "https://hooks.example/a b",
        "https://hooks.example/\r\nHost: x", "https://hooks.example\\@evil.example/", "https://[::1]/",
        "https://localhost/", "https://hooks。example/", "file:///etc/passwd", "gopher://hooks.example/", "x" * 501, "",
        "https://[hooks.example/",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(url: str) -> None:
    """Not HTTPS, not on the list, or written so that two readers read two hosts."""
    with pytest.raises(Invalid):
        Destination.of(url)


def test_addresses_that_are_allowed() -> None:
    """Host, port, path and query, as they are sent."""
    assert Destination.of("https://Hooks.Example/in?x=1") == Destination("hooks.example", 443, "/in?x=1")
    assert Destination.of("https://hooks.example:8443") == Destination("hooks.example", 8443, "/")


def resolving(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Names resolve to these, one answer after the other; gives the list of what was connected to."""
    left, connected = list(answers), []

    def resolve(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        return [(None, None, 0, "", (address, port)) for address in left.pop(0)]

    def connection(where: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(where[0])
        return socket.socket()

    monkeypatch.setattr(destination.socket, "getaddrinfo", resolve)
    monkeypatch.setattr(destination.socket, "create_connection", connection)
    return connected


def test_one_address_of_the_inside_among_many_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is connected to, whichever of them would have been taken."""
    connected = resolving(monkeypatch, ["8.8.8.8", "::1"], ["127.0.0.1"])
    for _ in range(2):
        with pytest.raises(Unreachable, match="not of the open internet"):
            destination.connect("hooks.example", 443)
    assert connected == []


def test_a_name_is_resolved_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rebinding: the second answer would be the inside, and is never asked for."""
    connected = resolving(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    destination.connect("hooks.example", 443).close()
    assert connected == ["8.8.8.8"]


def test_an_allowed_literal_of_the_inside_is_refused_all_the_same() -> None:
    """The list says which names, never which networks."""
    with pytest.raises(Unreachable, match="not of the open internet"):
        destination.connect(Destination.of("https://127.0.0.1/").host, 443)
