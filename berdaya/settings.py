"""All settings in one place; what differs between machines comes from the environment."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import structlog
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from berdaya.core.environment import secret
from berdaya.core.logs import forget_query, mask, tell_exception

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("BERDAYA_VAR", BASE_DIR / "var"))

DEBUG = os.environ.get("BERDAYA_DEBUG") == "1"
# Every secret may stand in a file instead, named by the same word with _FILE (docs/security.md).
SECRET_KEY = secret("BERDAYA_SECRET_KEY")
# While keys change, what the former ones signed is still taken; one a line.
SECRET_KEY_FALLBACKS = secret("BERDAYA_SECRET_KEY_FALLBACKS").split()
PUBLIC_BASE_URL = os.environ.get("PUBLIC_BASE_URL", "http://localhost:8000")
# Where certificates are verified: a name of its own that tells nothing of where somebody learned.
NEUTRAL_BASE_URL = os.environ.get("NEUTRAL_BASE_URL", "") or PUBLIC_BASE_URL
# A telephone number or e-mail address for complaints, shown at the foot of every public page.
COMPLAINT_CONTACT = os.environ.get("BERDAYA_COMPLAINT_CONTACT", "")
ALLOWED_HOSTS = [
    urlsplit(PUBLIC_BASE_URL).hostname,
    urlsplit(NEUTRAL_BASE_URL).hostname,
    *filter(None, os.environ.get("BERDAYA_HOSTS", "localhost,127.0.0.1").split(",")),
]
HTTPS = PUBLIC_BASE_URL.startswith("https:")

# Rooms, lowest last: a room may import only those below it (docs/map.md).
ROOMS = [
    "web",
    "programme",
    "insight",
    "intake",
    "aftercare",
    "till",
    "facilitation",
    "mentoring",
    "evidence",
    "orders",
    "proceeds",
    "market",
    "catalog",
    "labels",
    "legality",
    "workshop",
    "equipment",
    "stock",
    "training",
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
    "allauth.mfa",
    "axes",
    "csp",
    "django_htmx",
    "django_structlog",
    "procrastinate.contrib.django",
    "template_partials",
]
AUTH_USER_MODEL = "institutions.Staff"

MIDDLEWARE = [
    "berdaya.core.headers.SafeHeaders",
    "django.middleware.security.SecurityMiddleware",
    "berdaya.core.neutral.NeutralHost",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "berdaya.core.middleware.ErrorPages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "berdaya.core.middleware.LanguageByAddress",
    "berdaya.core.headers.RequestLimits",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "berdaya.core.middleware.RequestLog",
    "berdaya.institutions.middleware.ActorOfStaff",
    "berdaya.institutions.middleware.Doorkeeper",
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
        **database(secret("DATABASE_URL", "postgresql:///berdaya")),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 5}},
    }
}
if OWNER_URL := secret("DATABASE_OWNER_URL"):
    DATABASES["owner"] = database(OWNER_URL)
# Keys of sealed identities: never in the database, never in one folder with their master key.
KEYSTORE_DIR = Path(os.environ.get("BERDAYA_KEYSTORE", VAR_DIR / "keystore"))
MASTER_KEY_DIR = Path(os.environ.get("BERDAYA_MASTER_KEYS", VAR_DIR / "master-keys"))
KEYSTORE_BACKUPS = Path(os.environ.get("BERDAYA_KEYSTORE_BACKUPS", VAR_DIR / "keystore-backups"))
KEYSTORE_DAYS = 7  # as long as a copy of the key store is kept, an erased person can be read
DATABASE_ROUTERS = ["berdaya.core.routers.OwnerMigrates"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# Every table from which one of these can be reached is walled in (berdaya/core/reach.py).
PERSON_MODEL = "people.Participant"
# Gives the keys of the people whom the counsellor who acts guides: core/limits.py.
CLIENTS_FUNCTION = "people_clients()"

# One global order for locks over tables (berdaya/core/locks.py); a room adds its own here.
LOCK_ORDER = [
    "people.Participant",
    "people.SealedIdentity",
    "training.Session",
    "training.Certificate",
    "training.CertificateIssuer",
    "mentoring.Adoption",
    "facilitation.Case",
    "workshop.Workshop",
    "workshop.WorkSheet",
    "workshop.Batch",
    "workshop.MaterialLot",
    "evidence.Plot",
    "evidence.Pack",
    "equipment.Equipment",
    "equipment.Booking",
    "equipment.Maintenance",
    "equipment.ToolCount",
    "equipment.MissingTool",
    "orders.Order",
    "orders.MoneyIn",
    "aftercare.Plan",
    "aftercare.Supervision",
    "aftercare.Referral",
    "aftercare.ToolsGrant",
    "till.StallSession",
    "till.CashHandover",
    "till.Invitation",
    "till.HandOut",
    "till.HandOutLine",
    "till.HandOutLoss",
    "till.Settlement",
    "till.QrisWriteOff",
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
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name", "email", "nip")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "berdaya.institutions.passwords.OwnWordsValidator"},
]
ACCOUNT_ADAPTER = "berdaya.institutions.accounts.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # a unit shares one computer: closing the browser signs out
ACCOUNT_RATE_LIMITS = False  # axes locks by user and address
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
MFA_ADAPTER = "berdaya.institutions.accounts.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Berdaya"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A screen locks by itself: a unit's shared PC soon, a device of one's own later.
DESK_LOCK_MINUTES = int(os.environ.get("BERDAYA_LOCK_MINUTES", "5"))
DESK_LOCK_MINUTES_OWN = 30
# Untouched for so long, a session is over; in any case SESSION_COOKIE_AGE after signing in.
DESK_IDLE_MINUTES = 120
# Approving and paying ask again when the last proof is older.
DESK_PROOF_MINUTES = 5
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/desk/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "berdaya.core.http.visitor_address"
AXES_LOCKOUT_CALLABLE = "berdaya.institutions.accounts.locked_out"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "password"]

# A browser takes a __Host- cookie from this very host only, over HTTPS, for every path.
HOST_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{HOST_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{HOST_PREFIX}csrftoken"
SESSION_ENGINE = "berdaya.institutions.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
CSRF_FAILURE_VIEW = "berdaya.core.views.errors.csrf_failed"
MESSAGE_STORAGE = "berdaya.core.messages.HostCookieStorage"
# TLS ends at a proxy on this machine, which must set this header itself, whatever was sent to it.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^ready$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
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
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
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
# What sellers and buyers under the neutral address get names neither this program nor its host.
NEUTRAL_MAIL_FROM = os.environ.get("BERDAYA_NEUTRAL_MAIL_FROM", "") or (
    f"toko@{urlsplit(NEUTRAL_BASE_URL).hostname}"
)

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
        tell_exception,
        mask,
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
            "processors": [
                tell_exception,
                mask,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
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
