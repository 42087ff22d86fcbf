"""Stage 5: be the answer that search and answer engines give."""

from __future__ import annotations

from collections.abc import Iterator

from agents.interview.state import Bilingual, InterviewContext, Origin
from agents.interview.verdict import Category, Issue
from stages.definitions.base import Given, StageDefinition, error, warning
from stages.definitions.buyer_persona import persona_of
from stages.definitions.questions.content_pillars import LEAST_PILLARS, MOST_PILLARS, PHASES, QUESTIONS
from stages.definitions.schema import Grade, Money, Part, Rows, Text, Texts
from stages.definitions.sections.content_pillars import CHECKLIST_LABELS, SECTIONS
from stages.definitions.texts import find, join, same
from stages.definitions.vocabulary import Intent, Priority

LEAST_SPOKES, MOST_SPOKES = 5, 10


class Pillar(Part):
    """A subject to be known for, and the pain of stage 1 that it answers."""

    name: Text
    description: Text
    persona_pain: Text
    search_intent: Intent
    opportunity: Grade


class Cluster(Part):
    """The pages of a pillar."""

    pillar: Text
    hub_page: Text
    spokes: Texts
    questions: Texts


class Keyword(Part):
    """A phrase people search; volume and difficulty only where a source gives them."""

    keyword: Text
    intent: Intent
    pillar: Text
    priority: Priority
    volume: Money | None = None
    difficulty: Money | None = None


class AeoChecklist(Part):
    """What makes the website quotable by answer engines."""

    structured_data: Texts
    question_and_answer: Texts
    entities: Texts
    voice: Texts


class ContentPillars(Part):
    """The deliverable of stage 5."""

    pillars: Rows[Pillar]
    clusters: Rows[Cluster]
    keywords: Rows[Keyword]
    aeo_checklist: AeoChecklist


def pillars_of(context: InterviewContext) -> ContentPillars:
    """Stage 5's deliverable, as later stages read it."""
    return ContentPillars.model_validate(context.earlier["content_pillars"])


def assemble(given: Given, _context: InterviewContext) -> ContentPillars:
    return ContentPillars(
        pillars=[Pillar(**row) for row in given.rows("pillars")],
        clusters=[Cluster(**row) for row in given.rows("clusters")],
        keywords=[Keyword(**row) for row in given.rows("keywords")],
        aeo_checklist=AeoChecklist(**{key: given.items(key) for key in CHECKLIST_LABELS}),
    )


def compute(deliverable: ContentPillars, _context: InterviewContext) -> ContentPillars:
    """Pillars are called the same everywhere."""
    names = [pillar.name for pillar in deliverable.pillars]

    def exact(name: str) -> str:
        return next((known for known in names if same(known, name)), name)

    return deliverable.model_copy(
        update={
            "clusters": [part.model_copy(update={"pillar": exact(part.pillar)}) for part in deliverable.clusters],
            "keywords": [part.model_copy(update={"pillar": exact(part.pillar)}) for part in deliverable.keywords],
        }
    )


def check_pillars(deliverable: ContentPillars, context: InterviewContext) -> Iterator[Issue]:
    pillars = deliverable.pillars
    if not LEAST_PILLARS <= len(pillars) <= MOST_PILLARS:
        yield error(
            "pillars",
            Bilingual(f"Hay {len(pillars)} pilares.", f"There are {len(pillars)} pillars."),
            Bilingual("Deja entre tres y cinco.", "Have three to five."),
            category=Category.COMPLETENESS,
            question="pillars",
        )
    pains = persona_of(context).persona.challenges
    for position, pillar in enumerate(pillars):
        if any(same(pillar.name, other.name) for other in pillars[:position]):
            yield error(
                f"pillars.{position}",
                Bilingual(f"El pilar «{pillar.name}» está dos veces.", f"The pillar “{pillar.name}” appears twice."),
                Bilingual("Deja uno.", "Keep one."),
                question="pillars",
            )
        if find(pillar.persona_pain, pains) is None:
            yield error(
                f"pillars.{position}.persona_pain",
                Bilingual(
                    f"El pilar «{pillar.name}» responde a «{pillar.persona_pain}», que no es un dolor de la etapa 1 "
                    f"({join(pains)}).",
                    f"The pillar “{pillar.name}” answers “{pillar.persona_pain}”, which is no pain of stage 1 "
                    f"({join(pains)}).",
                ),
                Bilingual(
                    "Únelo a uno de esos dolores, o cambia los dolores en la etapa 1.",
                    "Tie it to one of those pains, or change the pains in stage 1.",
                ),
                question="pillars",
            )


def check_clusters(deliverable: ContentPillars, _context: InterviewContext) -> Iterator[Issue]:
    names = [pillar.name for pillar in deliverable.pillars]
    for position, cluster in enumerate(deliverable.clusters):
        if cluster.pillar not in names:
            yield _foreign("clusters", position, cluster.hub_page, cluster.pillar)
        if not LEAST_SPOKES <= len(cluster.spokes) <= MOST_SPOKES:
            count = len(cluster.spokes)
            yield error(
                f"clusters.{position}.spokes",
                Bilingual(
                    f"«{cluster.hub_page}» tiene {count} contenidos.", f"“{cluster.hub_page}” has {count} pieces."
                ),
                Bilingual("Deja entre cinco y diez.", "Have five to ten."),
                category=Category.COMPLETENESS,
                question="clusters",
            )
        if not cluster.hub_page or not cluster.questions:
            yield error(
                f"clusters.{position}",
                Bilingual(
                    f"Al grupo de «{cluster.pillar}» le falta la página central o las preguntas.",
                    f"The cluster of “{cluster.pillar}” lacks its hub page or its questions.",
                ),
                Bilingual("Complétalo.", "Fill it in."),
                category=Category.COMPLETENESS,
                question="clusters",
            )
    for name in names:
        if not any(cluster.pillar == name for cluster in deliverable.clusters):
            yield error(
                "clusters",
                Bilingual(f"El pilar «{name}» no tiene grupo de contenidos.", f"The pillar “{name}” has no cluster."),
                Bilingual("Añade su página central y sus contenidos.", "Add its hub page and pieces."),
                question="clusters",
            )


def check_keywords(deliverable: ContentPillars, _context: InterviewContext) -> Iterator[Issue]:
    names = [pillar.name for pillar in deliverable.pillars]
    if not deliverable.keywords:
        yield error(
            "keywords",
            Bilingual("No hay palabras clave.", "There are no keywords."),
            Bilingual("Añade al menos una por pilar.", "Add one a pillar at least."),
            category=Category.COMPLETENESS,
            question="keywords",
        )
    for position, word in enumerate(deliverable.keywords):
        if word.pillar not in names:
            yield _foreign("keywords", position, word.keyword, word.pillar)
        if any(same(word.keyword, other.keyword) for other in deliverable.keywords[:position]):
            yield error(
                f"keywords.{position}",
                Bilingual(
                    f"La palabra clave «{word.keyword}» está repetida.", f"The keyword “{word.keyword}” is repeated."
                ),
                Bilingual("Deja una sola fila.", "Keep a single row."),
                question="keywords",
            )
    for name in names:
        if deliverable.keywords and not any(word.pillar == name for word in deliverable.keywords):
            yield warning(
                "keywords",
                Bilingual(f"El pilar «{name}» no tiene palabras clave.", f"The pillar “{name}” has no keywords."),
                Bilingual("Añade al menos una: el calendario las usa.", "Add one at least: the calendar uses them."),
                category=Category.COMPLETENESS,
                question="keywords",
            )


def _foreign(part: str, position: int, what: str, pillar: str) -> Issue:
    return error(
        f"{part}.{position}.pillar",
        Bilingual(
            f"«{what}» está en «{pillar}», que no es un pilar de esta etapa.",
            f"“{what}” is in “{pillar}”, which is no pillar of this stage.",
        ),
        Bilingual("Pon uno de los pilares de la tabla.", "Use one of the pillars of the table."),
        question=part,
    )


def check_checklist(deliverable: ContentPillars, _context: InterviewContext) -> Iterator[Issue]:
    for key, label in CHECKLIST_LABELS.items():
        if not getattr(deliverable.aeo_checklist, key):
            yield error(
                f"aeo_checklist.{key}",
                Bilingual(f"Falta «{label.es}».", f"“{label.en}” is missing."),
                Bilingual("Añade al menos un punto.", "Add one point at least."),
                category=Category.COMPLETENESS,
                question=key,
            )


DEFINITION = StageDefinition(
    number=5,
    slug="content_pillars",
    agent_name="Atlas, the AEO Strategist",
    title=Bilingual("Pilares de contenido", "Content pillars"),
    goal=Bilingual(
        "Al terminar tendrás los temas con los que ser la respuesta que dan los buscadores y los motores de respuesta.",
        "At the end you will have the subjects with which to be the answer that search and answer engines give.",
    ),
    phases=PHASES,
    questions=QUESTIONS,
    output=ContentPillars,
    assemble=assemble,
    compute=compute,
    checks=(check_pillars, check_clusters, check_keywords, check_checklist),
    sections=SECTIONS,
    tools=("web_search", "knowledge_search"),
    search_depth="advanced",
    facts=(
        "pillars.*.persona_pain",
        "pillars.*.opportunity",
        "keywords.*.volume",
        "keywords.*.difficulty",
    ),
    traces={"pillars.*.persona_pain": Origin.EARLIER_STAGE},
)
