"""JSON bodies, read strictly."""

from __future__ import annotations

import json
import re
from typing import IO, Any

from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser

SURROGATE = re.compile(r"[\ud800-\udfff]")


class BodyTooLarge(APIException):
    """A body that announced no length, or a false one, and went over the limit."""

    status_code = 413
    default_detail = "The body is too large."
    default_code = "too_large"


class StrictJSONParser(JSONParser):
    """JSON in UTF-8 that a database can hold: no NaN, no lone surrogates, no nesting without end."""

    def parse(self, stream: IO[bytes], media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            text = stream.read().decode("utf-8")
            value = json.loads(text, parse_constant=_refuse_constant)
        except RequestDataTooBig:
            raise BodyTooLarge from None
        except UnicodeDecodeError:
            raise ParseError("The body is not UTF-8.") from None
        except RecursionError:
            raise ParseError("The body is nested too deeply.") from None
        except ValueError as error:
            raise ParseError(f"The body is not JSON: {error}.") from None
        if "\\u" in text and SURROGATE.search(json.dumps(value, ensure_ascii=False)):
            raise ParseError("The body holds half of a character pair (a lone surrogate).")
        return value


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")
