"""Background work: uploaded documents are taken in."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from agents.knowledge import uploads
from booms.jobs.executor import in_pool


@app.task(name=uploads.TASK, queue=uploads.QUEUE)
async def upload_take_in(upload_id: str) -> None:
    """Take one uploaded document in."""
    await in_pool(uploads.upload_take_in, upload_id=UUID(upload_id))
