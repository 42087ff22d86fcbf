"""What all kinds of settings share. Everything that may differ between machines is read through `booms.environment`."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from booms import __version__, environment
from booms.core.logs import logging_settings

ROOT = Path(__file__).resolve().parent.parent.parent
environment.load_file(ROOT / ".env")

APP_NAME = environment.text("APP_NAME", default="BOOMS")
DATA_FOLDER = Path(environment.text("BOOMS_DATA_DIR", default=str(ROOT / "var"))).expanduser().absolute()
PORT = environment.integer("PORT", default=8000, least=1, most=65535)
PUBLIC_BASE_URL = environment.url("PUBLIC_BASE_URL")
DEBUG = False
ALLOWED_HOSTS = environment.items("ALLOWED_HOSTS", default=("localhost", "127.0.0.1", "[::1]"))
if PUBLIC_BASE_URL:
    ALLOWED_HOSTS.append(urlsplit(PUBLIC_BASE_URL).hostname)
NUM_PROXIES = environment.integer("NUM_PROXIES", default=0, most=10)

INSTALLED_APPS = [
    "booms.apps.BoomsConfig",
    "booms.apps.BoomsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "corsheaders",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rest_framework",
    "rest_framework_simplejwt.token_blacklist",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "agents",
    "accounts",
    "stages",
    "crm",
    "exports",
]

MIDDLEWARE = [
    "booms.api.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "corsheaders.middleware.CorsMiddleware",
    "booms.api.middleware.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "booms.urls"
WSGI_APPLICATION = "booms.wsgi.application"
APPEND_SLASH = True
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ]
        },
    }
]

# Connections live in the pool, never with a thread: a persistent connection a thread would run PostgreSQL out of them.
DATABASES = {
    "default": {
        "NAME": "booms",
        "USER": "postgres",
        "HOST": "",
        "DATA_FOLDER": DATA_FOLDER,
        **({**external, "DATA_FOLDER": None} if (external := environment.database()) else {}),
        "ENGINE": "booms.database",
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
    }
}
DATABASES["default"]["OPTIONS"] = {
    **DATABASES["default"].get("OPTIONS", {}),
    "pool": {"min_size": 1, "max_size": environment.integer("DATABASE_POOL_SIZE", default=20, least=2), "timeout": 30},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.LoginNameBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "accounts.hashers.OriginalBcryptHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "email", "full_name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [ROOT / "booms" / "locale"]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_FOLDER / "static"
STATICFILES_DIRS = [ROOT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["booms.api.parsers.StrictJSONParser"],
    "DEFAULT_PAGINATION_CLASS": "booms.api.pagination.PageNumberPagination",
    "DEFAULT_SCHEMA_CLASS": "booms.api.schema.ApiSchema",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "booms.api.negotiation.LenientContentNegotiation",
    "DEFAULT_VERSIONING_CLASS": None,
    "DEFAULT_METADATA_CLASS": None,
    "URL_FORMAT_OVERRIDE": None,
    "EXCEPTION_HANDLER": "booms.api.exceptions.exception_handler",
    "NUM_PROXIES": NUM_PROXIES,
    "UNAUTHENTICATED_USER": None,
    "DATETIME_FORMAT": "iso-8601",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": APP_NAME,
    "DESCRIPTION": "Onboarding of marketing accounts and supervised answers to their customers.",
    "VERSION": __version__,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "booms.api.schema.add_common_answers",
    ],
}
REQUEST_BODY_LIMIT = environment.integer("REQUEST_BODY_LIMIT", default=1024 * 1024, least=1024)
MEBIBYTE = 1024 * 1024
# Where documents (25 MB) and logos (5 MB) are uploaded, with the form around them; Meta's events carry up to 3 MB.
LARGE_BODIES = {
    "/admin/agents/documentupload/add/": 26 * MEBIBYTE,
    "/admin/accounts/account/brand/": 6 * MEBIBYTE,
    "/api/v1/webhook/meta": 4 * MEBIBYTE,
}
# Of what is no file; the limits above are asked first.
DATA_UPLOAD_MAX_MEMORY_SIZE = max(REQUEST_BODY_LIMIT, LARGE_BODIES["/api/v1/webhook/meta"])

JWT_MINUTES_SUPERVISOR = environment.integer("JWT_EXPIRE_MINUTES", default=60, least=1)
JWT_DAYS_CONSULTANT = environment.integer("JWT_EXPIRATION_DAYS", default=7, least=1)
SIMPLE_JWT = {
    "ALGORITHM": environment.choice("JWT_ALGORITHM", default="HS256", choices=("HS256", "HS384", "HS512")),
    "ACCESS_TOKEN_LIFETIME": timedelta(minutes=JWT_MINUTES_SUPERVISOR),
    "UPDATE_LAST_LOGIN": False,
    "CHECK_REVOKE_TOKEN": True,  # a changed password ends every token made before
}

CORS_ALLOWED_ORIGINS = environment.origins("ALLOWED_ORIGINS", "CORS_ORIGINS", default=("http://localhost:5173",))
CORS_ALLOW_CREDENTIALS = True
CORS_URLS_REGEX = r"^/(api/|health|openapi\.json|$)"
CORS_ALLOW_HEADERS = (
    "accept",
    "authorization",
    "content-type",
    "x-api-key",
    "idempotency-key",
    "prefer",
    "last-event-id",
    "x-request-id",
)
CORS_EXPOSE_HEADERS = ("Location", "Retry-After", "X-Request-ID", "X-Total-Count", "Content-Disposition", "ETag")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Two instances on one host (other ports) share a cookie jar: each needs a name of its own.
SESSION_COOKIE_NAME = f"booms_session_{PORT}"
CSRF_COOKIE_NAME = f"booms_csrf_{PORT}"
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL] if PUBLIC_BASE_URL else []

LOGGING = logging_settings(
    level=environment.choice("LOG_LEVEL", default="INFO", choices=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")),
    style=environment.choice("LOG_FORMAT", default="text", choices=("text", "json")),
)

SLA_THRESHOLD_HOURS = environment.number("SLA_THRESHOLD_HOURS", default=2.0, above=0)
WEBHOOK_API_KEY = environment.text("WEBHOOK_API_KEY")
CHANNELS = {
    "META_APP_SECRET": environment.text("META_APP_SECRET"),
    "META_VERIFY_TOKEN": environment.text("META_VERIFY_TOKEN"),
    "META_ACCESS_TOKEN": environment.text("META_ACCESS_TOKEN"),
    "META_PHONE_NUMBER_ID": environment.text("META_PHONE_NUMBER_ID"),
    "META_BASE_URL": environment.url("META_BASE_URL", default="https://graph.facebook.com/v23.0"),
    "TWILIO_AUTH_TOKEN": environment.text("TWILIO_AUTH_TOKEN"),
    "TWILIO_ACCOUNT_SID": environment.text("TWILIO_ACCOUNT_SID"),
    "TWILIO_FROM": environment.text("TWILIO_FROM"),
    "TWILIO_BASE_URL": environment.url("TWILIO_BASE_URL", default="https://api.twilio.com"),
    "CALLBACKS_TO_PRIVATE_ADDRESSES": environment.boolean("CALLBACKS_TO_PRIVATE_ADDRESSES", default=False),
    "WEBHOOK_EVENT_DAYS": environment.integer("WEBHOOK_EVENT_DAYS", default=30, least=1),
}
SUPERVISOR_USERNAME = environment.text("SUPERVISOR_USERNAME", default="supervisor")
SUPERVISOR_PASSWORD_HASH = environment.text("SUPERVISOR_PASSWORD_HASH")

AGENTS = {
    "OPENAI_API_KEY": environment.text("OPENAI_API_KEY"),
    "OPENAI_BASE_URL": environment.url("OPENAI_BASE_URL"),
    "ANTHROPIC_API_KEY": environment.text("ANTHROPIC_API_KEY"),
    "ANTHROPIC_BASE_URL": environment.url("ANTHROPIC_BASE_URL"),
    "GOOGLE_API_KEY": environment.text("GOOGLE_AI_API_KEY", "GEMINI_API_KEY"),
    "GOOGLE_BASE_URL": environment.url("GOOGLE_BASE_URL"),
    "PERPLEXITY_API_KEY": environment.text("PERPLEXITY_API_KEY"),
    "PERPLEXITY_BASE_URL": environment.url("PERPLEXITY_BASE_URL", default="https://api.perplexity.ai"),
    "DEFAULT_AI_MODEL": environment.text("DEFAULT_AI_MODEL", default="openai-gpt4o"),
    "CRM_AI_MODEL": environment.text("CRM_AI_MODEL", default="google-gemini-2.5-flash-lite"),
    "EMBEDDING_MODEL": environment.text("EMBEDDING_MODEL", default="offline"),
    "AI_FALLBACK_MODELS": environment.items("AI_FALLBACK_MODELS"),
    "MODEL_IDS": environment.models("MODEL_IDS"),
    "CRM_SPECULATIVE_DRAFT": environment.boolean("CRM_SPECULATIVE_DRAFT", default=True),
}

PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": environment.integer("WORKER_CONCURRENCY", default=50, least=1, most=500)
}
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # usernames are unique without case, by a constraint Django's check does not read
]
