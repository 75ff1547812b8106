"""What every test stands on: database, application, browser; nothing of the outside."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator

import pytest

pytest_plugins = [
    "tests.fixtures.database",
    "tests.fixtures.application",
    "tests.fixtures.browser",
    "tests.fixtures.people",
    "tests.fixtures.office",
    "tests.fixtures.large",
]


def is_ours(address: object) -> bool:
    """Whether an address is a socket file or on this machine."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def closed_sockets() -> Iterator[None]:
    """A test that reaches for the outside fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if not is_ours(address):
            raise AssertionError(f"a test reached for {address}")
        connect(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield
