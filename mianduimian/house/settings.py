"""设置: the one settings file; every knob is an environment variable with a safe default."""

import os
from pathlib import Path

import structlog
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from mianduimian.house.knobs import Knobs, database, plan, proxies, secret

BASE = Path(__file__).resolve().parent.parent
knobs = Knobs(os.environ)

DATA = knobs.folder("DATA", Path.cwd() / "data")
DEBUG = knobs.flag("DEBUG", False)
SECRET_KEY = secret(knobs.text("SECRET_KEY", ""), DATA)
SEAL_KEY = knobs.text("SEAL_KEY", "") or secret("", knobs.folder("SEAL_FOLDER", DATA / "seal"))
SEAL_OLD_KEYS = [key for key in knobs.text("SEAL_OLD_KEYS", "").split(",") if key]
ALLOWED_HOSTS = knobs.text("HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in knobs.text("ORIGINS", "").split(",") if origin]
HTTPS = knobs.flag("HTTPS", False)
PUBLIC_FORM = knobs.flag("PUBLIC_FORM", True)
SECOND_FACTOR = knobs.flag("SECOND_FACTOR", False)
UPLOAD_LIMIT = knobs.number("UPLOAD_MB", 50, 1, 500) * 1024 * 1024
PHOTOS = knobs.number("PUBLIC_PHOTOS", 3, 0, 20)
PHOTO_LIMIT = knobs.number("PUBLIC_PHOTO_MB", 15, 1, 50) * 1024 * 1024
PUBLIC_URL = knobs.text("PUBLIC_URL", "").rstrip("/")
RECEIPT = "/public/receipt/%s"
RATE_PER_HOUR = knobs.number("PUBLIC_POSTS_PER_HOUR", 60, 1, 100_000)
PUBLIC_RATES = (
    knobs.number("PUBLIC_POSTS_PER_MINUTE", 120, 1, 100_000),
    knobs.number("PUBLIC_SLOW_PER_MINUTE", 300, 1, 100_000),
    knobs.number("PUBLIC_SLOW_ALL_PER_MINUTE", 600, 1, 100_000),
)
PUBLIC_WAIT = knobs.number("PUBLIC_WAIT_SECONDS", 10, 0, 600)
PROXIES = proxies(knobs.text("PROXIES", ""))
CHANNELS = plan(knobs.text("CHANNELS", ""), os.environ)
DATA_LICENCE = knobs.text("DATA_LICENCE", "")
PRESS_CONTACT = knobs.text("PRESS_CONTACT", "")
ALERT_DAYS = knobs.number("ALERT_CONFIRM_DAYS", 7, 1, 60)
CITY = knobs.text("CITY", "河源市")
CALENDARS = knobs.folder("CALENDARS", DATA / "calendars")
MEDIA_ROOT = knobs.folder("FILES", DATA / "files")
FONTS = knobs.folder("FONTS", DATA / "fonts")
DATABASES = {"default": database(os.environ.get("DATABASE_URL", ""), DATA)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_tasks_db",
    "mianduimian.house.apps.House",
    *(
        f"mianduimian.{room}"
        for room in (
            "clock journal people archive solicitation intake triage meeting taskforce ledger "
            "supervision lookback publication outcomes desks"
        ).split()
    ),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "mianduimian.house.middleware.refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "mianduimian.house.urls"
WSGI_APPLICATION = "mianduimian.house.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mianduimian.desks.context.menu",
                "mianduimian.house.context.readable",
            ],
        },
    },
]

# People and log-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("Scrypt", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_ADAPTER = "mianduimian.house.accounts.NoSignUp"
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desks:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "publication:rounds"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_HTTP_RESPONSE_CODE = 429

# Language, day and words
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English"), ("zh-hant", "繁體中文")]
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE / "static"]
STATIC_ROOT = knobs.folder("STATIC", DATA / "static")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "mianduimian.house.static.Hashed"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_URL = "/files/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_PERMISSIONS = 0o600
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_FOLDER = str(knobs.folder("CACHE", DATA / "cache"))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": CACHE_FOLDER,
        "OPTIONS": {"MAX_ENTRIES": 5_000},  # beyond it entries are dropped by chance, counters too
    }
}

# Work in the background
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Protection
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = knobs.number("SESSION_MINUTES", 480, 5, 10_080) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SILENCED_SYSTEM_CHECKS = ["axes.W006"]

# Logs: one JSON line an event; nothing personal goes in
LOG_LEVEL = knobs.one_of("LOG", "WARNING", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": structlog.stdlib.ProcessorFormatter, "processor": structlog.processors.JSONRenderer(ensure_ascii=False)},
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": LOG_LEVEL},
}
SITE_WORD = _("面对面")

knobs.done()
