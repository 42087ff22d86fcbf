"""Documents that people upload: kept at once, taken in by a worker, their progress in the row."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from agents.errors import ProviderError
from agents.knowledge.errors import DocumentError
from agents.knowledge.extraction.content import Limits
from agents.knowledge.extraction.kinds import check_kind, kind_of
from agents.knowledge.fault_texts import fault_of
from agents.knowledge.ingestion import Source, document_ingest
from agents.models import Document, DocumentUpload
from booms.jobs.deferring import job_defer

logger = logging.getLogger(__name__)

TASK, QUEUE = "agents.upload_take_in", "documents"
SIZE_LIMIT = 25 * 1024 * 1024
TELL_SECONDS = 1.0
State = DocumentUpload.State


@transaction.atomic
def upload_start(
    *, name: str, data: bytes, account_id: UUID | None = None, stages: Sequence[int] = ()
) -> DocumentUpload:
    """Keep the file and have a worker take it in. Raises `DocumentError` for what can be seen to be no document."""
    check_kind(kind_of(name), data)
    upload = DocumentUpload(name=name, data=data, account_id=account_id, stages=sorted(stages))
    upload.full_clean()
    upload.save(force_insert=True)
    job_defer(TASK, queue=QUEUE, queueing_lock=f"upload:{upload.pk}", upload_id=str(upload.pk))
    return upload


def upload_take_in(*, upload_id: UUID) -> None:
    """Take an uploaded file in; one that is in, or has failed, is left alone."""
    upload = DocumentUpload.objects.filter(pk=upload_id, state__in=[State.WAITING, State.WORKING]).first()
    if upload is None:
        return
    _tell(upload, state=State.WORKING)
    source = Source(name=upload.name, data=bytes(upload.data), stages=tuple(upload.stages))
    try:
        done = document_ingest(
            source=source, account_id=upload.account_id, limits=Limits(size=SIZE_LIMIT), progress=_Teller(upload)
        )
    except (DocumentError, ProviderError) as error:
        _tell(upload, state=State.FAILED, faults=[fault_of(error)], data=b"")
        return
    except Exception:
        # A fault of ours: whoever waits is told, and the job fails for all to see.
        _tell(upload, state=State.FAILED, faults=[fault_of(DocumentError())])
        raise
    document = Document.objects.filter(account_id=upload.account_id, content_hash=source.content_hash).first()
    faults = [{"page": fault.page, "code": fault.code} for fault in done.faults]
    _tell(upload, state=State.DONE, outcome=done.outcome, faults=faults, document=document, data=b"")


def _tell(upload: DocumentUpload, **fields: object) -> None:
    for name, value in fields.items():
        setattr(upload, name, value)
    upload.save(update_fields=[*fields, "updated_at"])


class _Teller:
    """Writes how far a file has come into its row, once a second."""

    def __init__(self, upload: DocumentUpload) -> None:
        self._upload = upload
        self._told = 0.0

    def __call__(self, step: str, done: int, total: int) -> None:
        if time.monotonic() - self._told >= TELL_SECONDS or done == total:
            self._told = time.monotonic()
            _tell(self._upload, step=step, done=done, total=total)
