"""Where a webhook may go: a host that the operator allowed, at an address that is nobody's inside.

The name is resolved once, every address that it has is checked, and the connection is made to one of the addresses
that were checked: a name that answers differently the second time (DNS rebinding) is not asked a second time.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from pipeline.desk.errors import Invalid

HOSTS = "DESK_WEBHOOK_HOSTS"
"""Its name among the settings (`config`)."""
PORT = 443
CONNECT_SECONDS = 5.0
LONGEST = 500
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: a gateway turns such an address into the IPv4 address in its last four bytes."""
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
"""RFC 8215: the same within one network."""


class Unreachable(Exception):
    """The host cannot or must not be reached."""


@dataclass(frozen=True)
class Destination:
    """The parts of a webhook's address."""

    host: str
    port: int
    path: str

    @classmethod
    def of(cls, url: str) -> Destination:
        """The destination of an address. Raises Invalid, in words, for one that webhooks are not sent to."""
        if len(url) > LONGEST or not url.isascii() or any(not "!" <= character <= "~" for character in url):
            raise Invalid(f"a webhook's address has at most {LONGEST} characters, all of them plain ASCII")
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or PORT
        except ValueError:
            raise Invalid("this is no address") from None
        if parts.scheme != "https" or not host or "@" in parts.netloc or parts.fragment or "\\" in url:
            raise Invalid("a webhook's address is https://HOST/PATH, without a name or password in it")
        if (host if port == PORT else f"{host}:{port}") not in allowed():
            raise Invalid(f"{host}: not among the hosts of UNSPUN_DESK_WEBHOOK_HOSTS, which the operator sets")
        return cls(host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def allowed() -> frozenset[str]:
    """The hosts that the operator allows, ``HOST`` (at port 443) or ``HOST:PORT``."""
    return frozenset(getattr(settings, HOSTS))


def is_public(address: Address) -> bool:
    """Whether an address is one of the open internet; for one that stands for an IPv4 address, whether that is."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        tunnel = address.sixtofour or address.teredo or address in LOCAL_NAT64
        if tunnel or address.is_site_local or address.scope_id:
            return False
    return address.is_global and not (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_reserved
        or address.is_unspecified
    )


def addresses(host: str, port: int) -> list[str]:
    """All addresses of a host, each checked. Raises Unreachable where one of them is not of the open internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host} has no address: {error}") from None
    unique = list(dict.fromkeys(str(where[0]) for *_, where in found))
    for one in unique:
        if not is_public(ipaddress.ip_address(one)):
            raise Unreachable(f"{host} has the address {one}, which is not of the open internet")
    if not unique:
        raise Unreachable(f"{host} has no address")
    return unique


def connect(host: str, port: int) -> socket.socket:
    """A connection to one of the host's checked addresses. Raises Unreachable."""
    why: OSError | None = None
    for one in addresses(host, port):
        try:
            return socket.create_connection((one, port), timeout=CONNECT_SECONDS)
        except OSError as error:
            why = error
    raise Unreachable(f"{host} does not answer: {why}")
