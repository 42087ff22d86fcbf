"""Background work: uploaded documents are taken in, and the configured embedding space is built."""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from agents.knowledge import reembedding, uploads
from booms.jobs.executor import in_pool


@app.task(name=uploads.TASK, queue=uploads.QUEUE)
async def upload_take_in(upload_id: str) -> None:
    """Take one uploaded document in."""
    await in_pool(uploads.upload_take_in, upload_id=UUID(upload_id))


@app.periodic(cron="* * * * *")
@app.task(name=reembedding.TASK, queue=reembedding.QUEUE, queueing_lock=reembedding.TASK, lock=reembedding.TASK)
async def space_keep(timestamp: int) -> None:
    """Build the space of the configured embedding model for a while, unless it is in use and whole."""
    await in_pool(reembedding.space_keep)
