"""How gunicorn serves the register: `gunicorn -c python:webapp.serving wsgi:app`.

Few processes, since each holds the whole program; many threads, since most of an act is waiting for
a disk. What was loaded before the processes part is shared among them and never looked through for
garbage again, which would copy it page by page.
"""

from __future__ import annotations

import gc
from typing import Any

worker_class = "gthread"
workers = 2
threads = 32
preload_app = True
max_requests = 20_000
max_requests_jitter = 2_000
graceful_timeout = 30
control_socket_disable = True

NEW_OBJECTS = 10_000
"""An interview is a thousand small objects: look for garbage once in several of them."""


def when_ready(server: Any) -> None:
    """Everything is loaded, and nobody is served yet."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS)
