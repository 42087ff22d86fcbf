"""The backend that Django loads for `ENGINE = "booms.database"`."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from booms.database import embedded


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend whose server is started when the first connection is asked for."""

    def get_connection_params(self) -> dict[str, Any]:
        if data_folder := self.settings_dict.get("DATA_FOLDER"):
            self.settings_dict["HOST"] = embedded.ensure_running(data_folder)
        return super().get_connection_params()
