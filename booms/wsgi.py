"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "booms.settings.production")
django_application = get_wsgi_application()

from booms.api.chunked import ChunkedBodies  # noqa: E402 (settings are named above)
from booms.api.limits import body_limit  # noqa: E402

application = ChunkedBodies(django_application, limit=body_limit)
