"""The pulse of workers: each writes a heartbeat every few seconds."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

BEAT_SECONDS = 5
# A worker silent for this long is dead, or as good as dead.
SILENT_SECONDS = 30


def a_worker_lives() -> bool:
    newest = timezone.now() - timedelta(seconds=SILENT_SECONDS)
    return ProcrastinateWorker.objects.filter(last_heartbeat__gt=newest).exists()
