"""Prompts from files, with strict variables; and the one way that text we did not write enters a request."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agents.errors import MissingVariable, SuperfluousVariable
from agents.messages import Prompt

PROMPTS = Path(__file__).parent / "prompts"
PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")

# Characters that show as nothing and could hide a tag from the pattern below but not from a model.
INVISIBLE = r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]*"
# Anything that reads like the start of a tag: `</`, `<x`, `<|`, `<!`, `<?`, also with look-alike brackets.
TAG_OPENING = re.compile(rf"[<\uff1c\ufe64](?={INVISIBLE}(?:[/|!?\uff0f\uff5c]|[^\W\d]))")
KIND = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Template:
    """A prompt file: its text, the variables it names, and the hash a ledger row keeps."""

    text: str
    variables: frozenset[str]
    hash: str


def load(name: str, **variables: object) -> Prompt:
    """Render `prompts/<name>.md`. A variable that is missing, or that the prompt does not name, is an error."""
    template = _template(name)
    if missing := template.variables - variables.keys():
        raise MissingVariable(f"Prompt {name} needs {', '.join(sorted(missing))}.")
    if superfluous := variables.keys() - template.variables:
        raise SuperfluousVariable(f"Prompt {name} does not name {', '.join(sorted(superfluous))}.")
    text = PLACEHOLDER.sub(lambda match: str(variables[match[1]]), template.text) if variables else template.text
    return Prompt(name=name, hash=template.hash, text=text)


@cache
def _template(name: str) -> Template:
    source = (PROMPTS / f"{name}.md").read_text(encoding="utf-8")
    rest = PLACEHOLDER.sub("", source)
    if "{{" in rest or "}}" in rest:
        raise MissingVariable(f"Prompt {name} has a placeholder that is not of the form {{{{ variable }}}}.")
    return Template(
        text=source.strip(),
        variables=frozenset(PLACEHOLDER.findall(source)),
        hash=hashlib.sha256(source.encode()).hexdigest(),
    )


def delimit(kind: str, text: str) -> str:
    """Wrap text we did not write (a customer's, a document's, the web's) as data for a user message.

    `kind` names the tag and is ours. Whatever could close the tag, or open another, is defused in the text;
    a `<` before a number, as in `< 5`, is left as it is.
    """
    if not KIND.fullmatch(kind):
        raise ValueError(f"A kind is lower-case letters, digits and underscores, not {kind!r}.")
    return f"<{kind}>\n{TAG_OPENING.sub('‹', text)}\n</{kind}>"
