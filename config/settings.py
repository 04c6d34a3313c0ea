"""One settings file, driven by the environment. With DEBUG off, an unsafe default refuses to start."""

from datetime import timedelta
from pathlib import Path

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config import environment as env

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.flag("DEBUG", default=False)
DEVELOPMENT_KEY = "development-only-key-refused-when-debug-is-off"
SECRET_KEY = env.text("SECRET_KEY", DEVELOPMENT_KEY)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
SITE_URL = env.text("SITE_URL", "http://localhost:8000").rstrip("/")

if not DEBUG and SECRET_KEY == DEVELOPMENT_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY (or SECRET_KEY_FILE) to a long random value; DEBUG is off.")
if not DEBUG and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS may not hold * when DEBUG is off; name the hosts.")

INSTALLED_APPS = [
    "portal",
    "reports",
    "sla",
    "benefits",
    "services",
    "partnership",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "knox",
    "pghistory",
    "pgtrigger",
    "rest_framework",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partnership.middleware.LanguageMiddleware",
    "partnership.middleware.LoginMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partnership.middleware.WrongMethodMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DJANGO_TABLES2_TEMPLATE = "django_tables2/fellesgrep.html"

DATABASES = {
    "default": env.database(env.text("DATABASE_URL", "postgresql:///fellesgrep"), env.text("DATABASE_PASSWORD", ""))
    | {"CONN_MAX_AGE": env.number("DATABASE_CONNECTION_SECONDS", 300), "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("REDIS_URL", "redis://localhost:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "fellesgrep",
    }
}

# People and their sessions
AUTH_USER_MODEL = "partnership.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "partnership.accounts.passwords.UnlikeThePerson", "OPTIONS": {"user_attributes": ["name", "email"]}},
    {"NAME": "partnership.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "partnership.accounts.passwords.Uncommon"},
]
ACCOUNT_ADAPTER = "partnership.accounts.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_FORMS = {
    "login": "partnership.accounts.forms.LoginForm",
    "change_password": "partnership.accounts.forms.ChangePasswordForm",
    "set_password": "partnership.accounts.forms.SetPasswordForm",
    "reset_password": "partnership.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "partnership.accounts.forms.ResetPasswordKeyForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY") else 0
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
LOGOUT_REDIRECT_URL = "account_login"

# Security
COOKIES_SECURE = env.flag("COOKIES_SECURE", default=not DEBUG)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = COOKIES_SECURE
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 12) * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.refusals.form_too_old"
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.number("HSTS_SECONDS", 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.flag("HSTS_SUBDOMAINS", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

# Languages and time
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", _("Norwegian Bokmål")), ("nn", _("Norwegian Nynorsk")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.locales"
USE_I18N = USE_TZ = True
USE_THOUSAND_SEPARATOR = False
TIME_ZONE = "Europe/Oslo"

# Static files, uploads
STATIC_URL = "static/"
STATIC_FROM_SOURCE = env.flag("STATIC_FROM_SOURCE", default=DEBUG)  # as script/run does: nothing is collected
STATIC_ROOT = None if STATIC_FROM_SOURCE else env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("npm/designsystemet-css", NODE_MODULES / "@digdir/designsystemet-css/dist/src"),
    ("npm/designsystemet-web", NODE_MODULES / "@digdir/designsystemet-web/dist/umd"),
    ("npm/inter", NODE_MODULES / "@fontsource-variable/inter"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if STATIC_FROM_SOURCE
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = STATIC_FROM_SOURCE
IMPORT_LIMIT_BYTES = env.number("IMPORT_LIMIT_MB", 500) * 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_HANDLERS = [
    "sla.uploads.LargeFilesFromImportersOnly",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# E-mail
EMAIL_SERVER = {
    "host": env.text("EMAIL_HOST", "localhost"),
    "port": env.number("EMAIL_PORT", 25),
    "username": env.text("EMAIL_HOST_USER", ""),
    "password": env.text("EMAIL_HOST_PASSWORD", ""),
    "use_tls": env.flag("EMAIL_USE_TLS", default=False),
}
MAILERS = {
    "default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if env.flag("EMAIL_CONSOLE", default=DEBUG)
    else {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": EMAIL_SERVER}
}
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Fellesgrep <ikke-svar@localhost>")

# The owner's accessibility statement stands in the national service; the contact is where obstacles are reported
ACCESSIBILITY_STATEMENT_URL = env.text("ACCESSIBILITY_STATEMENT_URL", "")
ACCESSIBILITY_CONTACT = env.text("ACCESSIBILITY_CONTACT", "")

# Celery: a killed worker's task is back within seconds, and an advisory lock keeps a second copy from running
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": env.number("CELERY_VISIBILITY_SECONDS", 20),
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "draft-board-report": {"task": "reports.tasks.draft_last_quarter", "schedule": crontab(hour=6, minute=10)},
    "revive-silent-jobs": {"task": "partnership.tasks.revive_jobs", "schedule": timedelta(seconds=10)},
    "recalculate-everything": {"task": "sla.tasks.recalculate_everything", "schedule": crontab(hour=2, minute=30)},
    "remind-of-evaluations": {"task": "sla.tasks.remind_of_evaluations", "schedule": crontab(hour=7, minute=5)},
    "delete-old-messages": {"task": "sla.tasks.delete_old_messages", "schedule": crontab(hour=3, minute=40)},
    "propose-credits": {"task": "sla.tasks.propose_service_credits", "schedule": crontab(hour=6, minute=20)},
    "warn-of-deadlines": {"task": "sla.tasks.warn_of_deadlines", "schedule": timedelta(minutes=5)},
    "send-stranded-order-letters": {"task": "services.tasks.send_stranded_letters", "schedule": timedelta(minutes=5)},
}

NOTICE_CHANNELS = env.words("NOTICE_CHANNELS", "services.channels.Email")

# REST
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["partnership.authentication.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": env.text("API_RATE", "1200/min")},
    "EXCEPTION_HANDLER": "portal.problems.problem_document",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_PAGINATION_CLASS": "portal.pages.Pages",
    "PAGE_SIZE": 100,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
KNOX_TOKEN_MODEL = "partnership.ApiToken"  # noqa: S105 - the name of a model
MIGRATION_MODULES = {"knox": None}  # its own table would stand empty beside ours
REST_KNOX = {"TOKEN_TTL": timedelta(days=365), "AUTO_REFRESH": False, "AUTH_HEADER_PREFIX": "Bearer"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Fellesgrep",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "NoticeKindEnum": "services.models.NoticeKind",
        "OutageKindEnum": "sla.models.OutageKind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "filters": {"refusals": {"()": "config.log.RefusalsInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # Django's own handlers would say everything once more;
    # beat looks for silent jobs every ten seconds, and a PDF has its fonts cut down: neither is worth its many lines
    "loggers": {"django": {"level": "INFO", "handlers": []}}
    | {
        name: {"level": "WARNING"}
        for name in (
            "celery.beat",
            "celery.worker.strategy",
            "celery.app.trace",
            "weasyprint",
            "fontTools",
            "pikepdf",
        )
    },
}
