"""What takes seconds the first time is done in a thread once the server accepts requests."""

from __future__ import annotations

import logging
import threading
import time

from django.db import connection
from django.urls import resolve

logger = logging.getLogger(__name__)

_under_way = threading.Event()


def warm_up_in_background() -> None:
    _under_way.set()
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()


def is_warm() -> bool:
    """False while a warm-up runs; a process that needs none is warm."""
    return not _under_way.is_set()


def _warm_up() -> None:
    began = time.perf_counter()
    try:
        from agents.customer_message.graph import compiled
        from agents.knowledge import retrieval
        from agents.offline.analyst import analyse
        from agents.providers import registry

        compiled()  # LangGraph alone takes more than a second
        registry.warm_up()  # the SDKs of vendors that have a key
        analyse("")  # the rules' patterns
        retrieval.warm_up()  # the embedding model, where there are documents
        connection.ensure_connection()
        resolve("/health")
    except Exception:
        logger.exception("Warming up failed; the first requests will be slow")
    finally:
        connection.close()
        _under_way.clear()
    logger.info("Warm", extra={"seconds": round(time.perf_counter() - began, 1)})
