"""Buttons on an object's page that do something else than store its form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse


class VerbsMixin:
    """For a `ModelAdmin`: a form of its own with a button named like one of the `verbs` calls the method `do_<verb>`.

    Only for those who may change the object.
    """

    verbs: tuple[str, ...] = ()

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        verb = next((verb for verb in self.verbs if request.method == "POST" and f"do_{verb}" in request.POST), "")
        if not verb:
            return super().change_view(request, object_id, *args, **kwargs)
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        if not self.has_verb_permission(request, found):
            raise PermissionDenied
        return getattr(self, f"do_{verb}")(request, found)

    def has_verb_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may press the buttons."""
        return self.has_change_permission(request, obj)
