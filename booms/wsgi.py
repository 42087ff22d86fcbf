"""What gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "booms.settings.production")
django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402 (settings are named above)

from booms.api.chunked import ChunkedBodies  # noqa: E402

application = ChunkedBodies(django_application, limit=settings.REQUEST_BODY_LIMIT)
