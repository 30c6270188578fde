"""Small archives, made in memory."""

from __future__ import annotations

HTML = b"<!doctype html><html><body><p>Ketamine may help.</p></body></html>"


def response(
    body: bytes = HTML, *, headers: bytes = b"Content-Type: text/html\r\n", status: bytes = b"200 OK"
) -> bytes:
    """An HTTP response."""
    return b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n" + body


def warc(block: bytes, *, kind: bytes = b"response", media: bytes = b"application/http; msgtype=response") -> bytes:
    """One WARC record."""
    head = (
        b"WARC/1.0\r\nWARC-Type: " + kind + b"\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-01-01T00:00:00Z\r\n"
        b"WARC-Target-URI: http://a.example/\r\nContent-Type: " + media + b"\r\n"
    )
    return head + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


def arc(block: bytes, *, url: bytes = b"http://a.example/", media: bytes = b"text/html") -> bytes:
    """One ARC record."""
    return url + b" 192.0.2.1 20140216050221 " + media + b" %d\n" % len(block) + block + b"\n"


ARC_START = arc(
    b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n", url=b"filedesc://a.arc", media=b"text/plain"
)
