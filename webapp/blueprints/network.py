"""Where a request comes from, as coarsely as counting tries needs it."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from flask import request


def of_asker() -> str:
    """The asker's /24 (or /48): one village may share an address."""
    address = ip_address(request.remote_addr or "127.0.0.1")
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))
