"""Pushes over TLS: to the address that was checked, and to nobody whose certificate is for another name."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from attachment_app.delivery import endpoints, push, wires
from attachment_app.delivery.parcels import Left
from tests.delivery.test_push import answers
from tests.pushbox import Browser


class Service:
    """A push service behind TLS, for the name push.example; what it was asked, and for which name."""

    def __init__(self, folder: Path) -> None:
        self.asked: list[bytes] = []
        self.names: list[str | None] = []
        self.certificate = folder / "certificate.pem"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, _sign(self.certificate))
        context.sni_callback = lambda _socket, name, _context: self.names.append(name)
        self.socket = context.wrap_socket(socket.create_server(("127.0.0.1", 0)), server_side=True)
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.socket.getsockname()[1])

    def _serve(self) -> None:
        while True:
            try:
                client, _from = self.socket.accept()
            except ssl.SSLError:
                continue  # somebody did not like the certificate
            except OSError:
                return
            with client, client.makefile("rb") as wire:
                try:
                    head = b"".join(iter(wire.readline, b"\r\n"))
                    self.asked.append(head)
                    wire.read(int(head.lower().partition(b"content-length: ")[2].split()[0]))
                    client.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    pass


def _sign(certificate: Path) -> Path:
    """A certificate for push.example, signed by itself; where its key lies."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "push.example")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("push.example")]), critical=False)
    certificate.write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    pem = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    certificate.with_name("key.pem").write_bytes(key.private_bytes(*pem))
    return certificate.with_name("key.pem")


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """It is found under any name, as if its address were a public one."""
    made = Service(tmp_path)
    monkeypatch.setattr(socket, "getaddrinfo", answers("127.0.0.1"))
    monkeypatch.setattr(endpoints, "is_public", lambda _address: True)
    wires._kept.clear()
    yield made
    made.socket.close()


@pytest.fixture
def trusted(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    context = ssl.create_default_context(cafile=str(service.certificate))
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT  # of which the test's certificate is no model
    monkeypatch.setattr(wires, "_trusted", lambda: context)


def sent(service: Service, name: str) -> Left:
    browser = Browser(f"https://{name}:{service.port}/push/ana")
    (left,) = push.send([push.Parcel(browser.endpoint, payload=b"{}", **browser.keys)], time.monotonic() + 10)
    return left


@pytest.mark.usefixtures("trusted")
def test_it_works(service: Service) -> None:
    """The name goes along for certificate and Host, though the connection is to the address alone."""
    assert sent(service, "push.example") == Left.SENT
    assert service.names == ["push.example"]
    assert f"Host: push.example:{service.port}\r\n".encode() in service.asked[0]
    assert service.asked[0].startswith(b"POST /push/ana HTTP/1.1\r\n")


@pytest.mark.usefixtures("trusted")
def test_a_certificate_for_another_name(service: Service) -> None:
    assert sent(service, "other.example") == Left.LATER
    assert not service.asked


def test_a_certificate_of_nobody_we_trust(service: Service) -> None:
    assert sent(service, "push.example") == Left.LATER
    assert not service.asked
