"""All settings in one place; what differs between machines comes from the environment."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from berdaya.core.logs import forget_query

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("BERDAYA_VAR", BASE_DIR / "var"))

DEBUG = os.environ.get("BERDAYA_DEBUG") == "1"
SECRET_KEY = os.environ.get("BERDAYA_SECRET_KEY", "")
PUBLIC_BASE_URL = os.environ.get("PUBLIC_BASE_URL", "http://localhost:8000")
# A telephone number or e-mail address for complaints, shown at the foot of every public page.
COMPLAINT_CONTACT = os.environ.get("BERDAYA_COMPLAINT_CONTACT", "")
ALLOWED_HOSTS = [
    urlsplit(PUBLIC_BASE_URL).hostname,
    *filter(None, os.environ.get("BERDAYA_HOSTS", "localhost,127.0.0.1").split(",")),
]
HTTPS = PUBLIC_BASE_URL.startswith("https:")

# Rooms, lowest last: a room may import only those below it (docs/map.md).
ROOMS = [
    "web",
    "intake",
    "orders",
    "proceeds",
    "catalog",
    "legality",
    "workshop",
    "stock",
    "goods",
    "ledger",
    "people",
    "papers",
    "institutions",
    "look",
    "core",
]
INSTALLED_APPS = [
    *(f"berdaya.{room}" for room in ROOMS if (BASE_DIR / "berdaya" / room / "apps.py").exists()),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "axes",
    "csp",
    "django_htmx",
    "django_structlog",
    "procrastinate.contrib.django",
    "template_partials",
]
AUTH_USER_MODEL = "institutions.Staff"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "berdaya.core.middleware.ErrorPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "berdaya.core.middleware.LanguageByAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "berdaya.core.middleware.RequestLog",
    "berdaya.institutions.middleware.ActorOfStaff",
    "berdaya.core.middleware.ReadOnlyScope",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "berdaya.urls"
WSGI_APPLICATION = "berdaya.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["berdaya.look.templatetags.look"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "berdaya.look.context.look",
            ],
        },
    }
]


def database(url: str) -> dict[str, object]:
    """Django's settings for postgresql://user:password@host:port/name?host=/socket/folder."""
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or query.get("port", [""])[0]),
    }


# The program's login. The owner's appears only where migrate, tests or backup were given it.
DATABASES = {
    "default": {
        **database(os.environ.get("DATABASE_URL", "postgresql:///berdaya")),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}},
    }
}
if os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = database(os.environ["DATABASE_OWNER_URL"])
# Keys of sealed identities: never in the database, never in one folder with their master key.
KEYSTORE_DIR = Path(os.environ.get("BERDAYA_KEYSTORE", VAR_DIR / "keystore"))
MASTER_KEY_DIR = Path(os.environ.get("BERDAYA_MASTER_KEYS", VAR_DIR / "master-keys"))
KEYSTORE_BACKUPS = Path(os.environ.get("BERDAYA_KEYSTORE_BACKUPS", VAR_DIR / "keystore-backups"))
KEYSTORE_DAYS = 7  # as long as a copy of the key store is kept, an erased person can be read
DATABASE_ROUTERS = ["berdaya.core.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# One global order for locks over tables (berdaya/core/locks.py); a room adds its own here.
LOCK_ORDER = [
    "people.Participant",
    "people.SealedIdentity",
    "workshop.Workshop",
    "workshop.WorkSheet",
    "workshop.Batch",
    "workshop.MaterialLot",
    "orders.Order",
    "orders.MoneyIn",
    "stock.GatePass",
    "stock.Lot",
    "stock.StockCount",
    "stock.StockLevel",
    "catalog.Listing",
    "proceeds.Sale",
    "proceeds.PremiShare",
    "proceeds.PayoutRun",
    "proceeds.PayoutLine",
    "proceeds.PnbpDeposit",
    "ledger.Book",
    "ledger.Account",
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesia")), ("en", _("Inggris"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
BUSINESS_ZONE = "Asia/Makassar"
USE_THOUSAND_SEPARATOR = False

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_ADAPTER = "berdaya.institutions.accounts.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # a unit shares one computer: closing the browser signs out
ACCOUNT_RATE_LIMITS = False  # axes locks by user and address
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "berdaya.institutions.accounts.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "password"]

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
CSRF_FAILURE_VIEW = "berdaya.core.views.errors.csrf_failed"
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG or os.environ.get("BERDAYA_TESTING") == "1"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# Into memory, up to a limit, and never to a temporary file (core/uploads).
FILE_UPLOAD_HANDLERS = ["berdaya.core.uploads.receiving.InMemory"]
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
# ClamAV: /path/of/socket, host:port, or off; empty looks in the usual places.
CLAMD = os.environ.get("CLAMD", "")
CLAMD_SECONDS = 20.0
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 4

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("BERDAYA_MAIL_FROM", "Berdaya <toko@localhost>")

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PROCRASTINATE_ON_APP_READY = "berdaya.core.tasks.register"

structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        forget_query,
        structlog.stdlib.filter_by_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processor": structlog.processors.JSONRenderer(),
            "foreign_pre_chain": [
                structlog.contextvars.merge_contextvars,
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
            ],
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("BERDAYA_LOG", "WARNING")},
    "loggers": {
        "django_structlog": {"level": os.environ.get("BERDAYA_LOG", "INFO")},
        # It quotes from the files it reads.
        "pypdf": {"level": "CRITICAL"},
    },
}
