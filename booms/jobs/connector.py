"""How a worker talks to the queue."""

from __future__ import annotations

from procrastinate import PsycopgConnector
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params


class WorkerConnector(PsycopgConnector):
    """The worker's own connections are asynchronous; what a service defers within a job goes through Django's.

    Without that a job would be queued over another connection than the rows it is about: seen before they are
    committed, and there though they are rolled back.
    """

    def __init__(self, django: DjangoConnector) -> None:
        super().__init__(kwargs=connector_params(django.alias))
        self._django = django

    def get_sync_connector(self) -> BaseConnector:
        return self._django
