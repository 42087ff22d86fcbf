"""What all pages of the console share: who may open them, and what a refused decision looks like."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic.base import ContextMixin, View

from booms.core.errors import DomainError, NotFound


@method_decorator(never_cache, name="dispatch")
class SupervisorView(ContextMixin, View):
    """A page for those who may decide cases. `load` runs before any method, for them alone."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.permitted = request.user.is_staff and request.user.has_perm("crm.decide_run")
        if self.permitted:
            self.load_or_404()

    def load(self) -> None:
        """Fetch what the page is about. May raise `NotFound`."""

    def load_or_404(self) -> None:
        try:
            self.load()
        except NotFound as error:
            raise Http404(str(error)) from error

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not self.permitted:
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except DomainError as error:
            return self.refused(error)

    def refused(self, error: DomainError) -> HttpResponseBase:
        """The answer when a service refuses; pages that call one say what it is."""
        raise error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**admin.site.each_context(self.request), now=self.now, **kwargs)
