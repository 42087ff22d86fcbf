"""HTML: the text people see, a line a block, with its headings. One page."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from agents.knowledge.extraction.content import Heading, Limits, Page
from agents.knowledge.extraction.text import decode

UNSEEN = "script, style, noscript, template, svg, iframe, object, head, nav, [hidden], [aria-hidden=true]"
BLOCKS = set(
    "address article aside blockquote br caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr li main ol option p pre section summary table tbody tfoot thead tr ul".split()
)
CELLS = {"td", "th"}
LEVELS = {f"h{level}": level for level in range(1, 7)}


def read(data: bytes, limits: Limits) -> Iterator[int | Page]:
    """One page."""
    tree = LexborHTMLParser(decode(data))
    for node in tree.css(UNSEEN):
        node.decompose()
    parts: list[str] = []
    headings: list[Heading] = []
    for node in tree.root.traverse(include_text=True) if tree.root is not None else ():
        parts.append(_part(node))
        if node.tag in LEVELS and (title := " ".join(node.text().split())):
            headings.append(Heading(level=LEVELS[node.tag], title=title))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    yield 1
    yield Page(number=1, text="\n".join(line for line in lines if line), headings=tuple(headings))


def _part(node: LexborNode) -> str:
    if node.tag == "-text":
        # Line ends in the source are blanks; those that count come from blocks.
        return node.text(deep=False).replace("\n", " ")
    if node.tag in CELLS:
        return " | "
    return "\n" if node.tag in BLOCKS else ""
