"""The OpenAPI document: what every operation has in common is added here, not in every view."""

from __future__ import annotations

from typing import Any

from drf_spectacular.openapi import AutoSchema

ERROR = {
    "type": "object",
    "required": ["detail"],
    "properties": {
        "detail": {"type": "string", "description": "One sentence."},
        "code": {"type": "string", "description": "A machine word."},
        "state": {"type": "object", "additionalProperties": True, "description": "How things stand now."},
    },
}
FAULT = {
    "type": "object",
    "required": ["loc", "msg", "type"],
    "properties": {
        "loc": {"type": "array", "items": {"oneOf": [{"type": "string"}, {"type": "integer"}]}},
        "msg": {"type": "string"},
        "type": {"type": "string"},
    },
}
VALIDATION = {
    "type": "object",
    "required": ["detail", "code"],
    "properties": {
        "detail": {"type": "array", "items": {"$ref": "#/components/schemas/ValidationFault"}},
        "code": {"type": "string", "enum": ["validation_error"]},
    },
}


class ApiSchema(AutoSchema):
    """One tag a part of the product, and operation ids that read as verbs."""

    def get_tags(self) -> list[str]:
        parts = [part for part in self.path.split("/") if part and part not in {"api", "v1"} and "{" not in part]
        return [parts[0]] if parts else ["general"]


def add_common_answers(result: dict[str, Any], **_: object) -> dict[str, Any]:
    """A drf-spectacular hook: the error forms, and which of them an operation may answer with."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas |= {"Error": ERROR, "ValidationFault": FAULT, "ValidationError": VALIDATION}
    for path, operations in result["paths"].items():
        if path.startswith("/api/"):
            for operation in operations.values():
                _add(operation, path)
    return result


def _add(operation: dict[str, Any], path: str) -> None:
    answers = operation["responses"]
    takes_input = "requestBody" in operation or any(p["in"] == "query" for p in operation.get("parameters", ()))
    if takes_input:
        answers.setdefault("422", _response("What was sent does not fit.", "ValidationError"))
    if operation.get("security"):
        answers.setdefault("401", _response("Credentials are missing or wrong.", "Error"))
    if "{" in path:
        answers.setdefault("404", _response("There is no such object.", "Error"))
    answers.setdefault("default", _response("Any other fault.", "Error"))


def _response(description: str, name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"description": description, "content": {"application/json": {"schema": schema}}}
