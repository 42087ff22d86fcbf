"""How the OpenAPI document describes files."""

from __future__ import annotations

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from booms.api.schema import ApiSchema
from exports.exporters import StageExporter

ERROR = {"$ref": "#/components/schemas/Error"}
STAGE_FAULTS = {
    400: "The stage has no such file.",
    404: "There is no such stage, or it has no deliverable yet.",
}
ACCOUNT_FAULTS = {400: "Nothing is completed yet.", 404: "There is no such account."}
BUSY = {503: "Too many files are being made; try again after `Retry-After` seconds."}
PARAMETERS = (
    OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="The `ETag` of the file one has."),
    OpenApiParameter(
        "ETag",
        str,
        OpenApiParameter.HEADER,
        description="Changes with the deliverables, the brand and the version of the product.",
        response=[200, 304],
    ),
    OpenApiParameter(
        "Content-Disposition", str, OpenApiParameter.HEADER, description="The file's name.", response=[200]
    ),
)


class FileSchema(ApiSchema):
    """Binary answers of an exporter's own type, and the faults there are."""

    def get_operation_id(self) -> str:
        return f"export_{'stage' if self._is_of_stage else 'account'}_{self.view.exporter.key}"

    def get_summary(self) -> str:
        return str(self.view.exporter.__doc__).split("\n")[0].rstrip(".")

    def get_override_parameters(self) -> list[Any]:
        return list(PARAMETERS)

    def get_response_serializers(self) -> dict[Any, Any]:
        faults = (STAGE_FAULTS if self._is_of_stage else ACCOUNT_FAULTS) | BUSY
        file = OpenApiResponse(response=OpenApiTypes.BINARY, description="The file.")
        return {
            (200, self.view.exporter.content_type): file,
            304: OpenApiResponse(description="The client has the file already."),
            **{code: OpenApiResponse(response=ERROR, description=sentence) for code, sentence in faults.items()},
        }

    @property
    def _is_of_stage(self) -> bool:
        return isinstance(self.view.exporter, StageExporter)
