"""The knowledge base: documents, their passages, and the vectors of passages in one or more embedding spaces."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from pgvector.django import HalfVectorField

from booms.core.models import BaseModel, RecordModel


class Language(models.TextChoices):
    """The language a passage is written in, which says how its words are stemmed."""

    SPANISH = "es", _("Spanish")
    ENGLISH = "en", _("English")
    OTHER = "other", _("another")


class Kind(models.TextChoices):
    """What a document was read from."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    HTML = "html", "HTML"
    MARKDOWN = "markdown", "Markdown"
    TEXT = "text", _("text")


class EmbeddingSpace(BaseModel):
    """What makes vectors comparable: who made them, with which model, how long, in which version of our input."""

    class State(models.TextChoices):
        """At most one space is searched; another may be building meanwhile."""

        BUILDING = "building", _("building")
        ACTIVE = "active", _("in use")
        RETIRED = "retired", _("retired")

    provider = models.CharField(_("provider"), max_length=20)
    model = models.CharField(_("model"), max_length=100)
    dimensions = models.PositiveSmallIntegerField(_("dimensions"))
    version = models.PositiveSmallIntegerField(_("version"), help_text=_("Of how text is prepared for the model."))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.BUILDING)
    fault = models.CharField(
        _("stopped by"), max_length=30, blank=True, help_text=_("Why the last attempt to fill it ended.")
    )
    is_indexed = models.BooleanField(
        _("indexed"), default=False, help_text=_("Large scopes are searched through an index.")
    )

    class Meta:
        verbose_name = _("embedding space")
        verbose_name_plural = _("embedding spaces")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "model", "dimensions", "version"], name="an_embedding_space_is_there_once"
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="active"), name="one_embedding_space_is_in_use"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["building", "active", "retired"]), name="an_embedding_space_has_a_known_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}/{self.model} · {self.dimensions} · v{self.version}"


class Document(BaseModel):
    """A file that was read: of one account, or of the agency and then shared by all."""

    account = models.ForeignKey(
        "accounts.Account",
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="documents",
        help_text=_("Empty: shared by all accounts."),
    )
    name = models.CharField(_("name"), max_length=255)
    folder = models.CharField(
        _("folder"), max_length=255, blank=True, help_text=_("Tells documents of the same name apart.")
    )
    stages = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(7)]),
        verbose_name=_("stages"),
        default=list,
        blank=True,
        help_text=_("Empty: for all stages."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    content_hash = models.CharField(_("content hash"), max_length=64, help_text="sha256")
    size = models.PositiveBigIntegerField(_("size"), help_text=_("Bytes."))
    language = models.CharField(_("language"), max_length=5, choices=Language.choices)
    page_count = models.PositiveIntegerField(_("pages"))
    passage_count = models.PositiveIntegerField(_("passages"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["name", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "content_hash"], nulls_distinct=False, name="an_account_has_a_content_once"
            ),
            models.UniqueConstraint(
                fields=["account", "folder", "name"], nulls_distinct=False, name="an_account_has_a_document_name_once"
            ),
            models.CheckConstraint(condition=Q(passage_count__gt=0), name="a_document_has_passages"),
        ]

    def __str__(self) -> str:
        return f"{self.folder}/{self.name}" if self.folder else self.name


class Chunk(RecordModel):
    """A stored piece of a document: all of it on one page. Found by its words or by its vectors."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="chunks", verbose_name=_("document"))
    number = models.PositiveIntegerField(_("number"), help_text=_("Its place in the document, from 1."))
    page = models.PositiveIntegerField(_("page"))
    heading = models.CharField(_("heading"), max_length=300, blank=True)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=5, choices=Language.choices)
    search = SearchVectorField(_("words"), help_text=_("Stemmed in the passage's language, without accents."))

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["document", "number"]
        indexes = [GinIndex(fields=["search"], name="agents_chunk_words")]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="a_passage_has_one_place"),
            models.CheckConstraint(condition=Q(page__gt=0), name="pages_count_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} · {self.page}"


class ChunkVector(models.Model):
    """A passage in an embedding space. Half precision: 512 dimensions fit into a row, and a scan reads only rows."""

    chunk = models.ForeignKey(Chunk, on_delete=models.CASCADE, related_name="vectors")
    space = models.ForeignKey(EmbeddingSpace, on_delete=models.CASCADE, related_name="vectors")
    vector = HalfVectorField()

    class Meta:
        verbose_name = _("vector")
        verbose_name_plural = _("vectors")
        constraints = [models.UniqueConstraint(fields=["chunk", "space"], name="a_passage_has_one_vector_a_space")]

    def __str__(self) -> str:
        return f"{self.chunk_id} · {self.space_id}"


class DocumentUpload(BaseModel):
    """A file that somebody uploaded, on its way into the knowledge base; its bytes are kept until it is in."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("waiting")
        WORKING = "working", _("being read")
        DONE = "done", _("taken in")
        FAILED = "failed", _("failed")

    class Step(models.TextChoices):
        """What is counted while it is read."""

        PAGES = "pages", _("pages")
        PASSAGES = "passages", _("passages")

    class Result(models.TextChoices):
        """What taking it in came to."""

        ADDED = "added", _("added")
        REPLACED = "replaced", _("replaced an older version")
        PRESENT = "already here", _("was already here")

    name = models.CharField(_("name"), max_length=255)
    data = models.BinaryField(_("content"))
    account = models.ForeignKey(
        "accounts.Account",
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="document_uploads",
        help_text=_("Empty: shared by all accounts."),
    )
    stages = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("stages"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    step = models.CharField(_("step"), max_length=10, choices=Step.choices, blank=True)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    outcome = models.TextField(_("result"), choices=Result.choices, blank=True)
    faults = models.JSONField(
        _("faults"), default=list, blank=True, help_text=_("Of the document, or of pages that were left out.")
    )
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.SET_NULL, related_name="uploads", verbose_name=_("document")
    )

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "working", "done", "failed"]), name="an_upload_has_a_known_state"
            )
        ]

    def __str__(self) -> str:
        return self.name
