"""Settings, read from the environment, with defaults that work on one machine.

MODE says what the installation is for: `local` (the default, one machine, SQLite), `demo`
(invented data, known passwords), `test`, or `production`, which refuses to start on the
defaults of the others and on a database that the demo filled.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

MODE = env.str("MODE", default="local")
if MODE not in {"local", "demo", "test", "production"}:
    raise ImproperlyConfigured(f"MODE={MODE}: expected local, demo, test or production.")
PRODUCTION = MODE == "production"

LOCAL_SECRET_KEY = "for-one-machine-and-for-the-demo-never-for-production"  # noqa: S105


def required_in_production(name: str, default):
    """The setting's value; in production, the default does not do."""
    if PRODUCTION and not env.str(name, default=""):
        raise ImproperlyConfigured(f"{name} must be set when MODE=production.")
    return env.get_value(name, cast=type(default), default=default)


SECRET_KEY = required_in_production("SECRET_KEY", LOCAL_SECRET_KEY)
if PRODUCTION and SECRET_KEY == LOCAL_SECRET_KEY:
    raise ImproperlyConfigured("SECRET_KEY is the demo's: choose another one for production.")
DEBUG = False
BASE_URL = required_in_production("BASE_URL", "http://localhost:8000").rstrip("/")
if urlsplit(BASE_URL).scheme not in {"http", "https"} or not urlsplit(BASE_URL).hostname:
    raise ImproperlyConfigured(f"BASE_URL={BASE_URL}: expected https://the-name-of-the-site.")
HTTPS = BASE_URL.startswith("https://")
THIS_MACHINE = [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=THIS_MACHINE)
if PRODUCTION and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS=*: name the hosts that the site answers for.")
ALLOWED_HOSTS.append(urlsplit(BASE_URL).hostname)
CSRF_TRUSTED_ORIGINS = [BASE_URL]

# -- The house ---------------------------------------------------------------------------

INSTALLED_APPS = [
    "surveys",
    "pages",
    "intranet",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "intranet.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "django_q",
    "import_export",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "intranet.security.ContentSecurityPolicyMiddleware",
    "intranet.security.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "intranet.untrusted_input.UntrustedInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "intranet.accounts.middleware.SessionSeenMiddleware",
    "intranet.accounts.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "intranet.accounts.unused_screens.UnusedScreensMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "intranet.rights.middleware.Doorkeeper",
    "pages.audience.redirects.RedirectMiddleware",
]

ROOT_URLCONF = "intranet.urls"
WSGI_APPLICATION = "intranet.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# -- Storage: database, cache, files -----------------------------------------------------

required_in_production("DATABASE_URL", "")
DATABASES = {
    "default": env.db_url_config(
        env.str("DATABASE_URL", default="") or f"sqlite:///{BASE_DIR / 'maillage.sqlite3'}"
    )
}
database = DATABASES["default"]
if database["ENGINE"] not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
    raise ImproperlyConfigured("DATABASE_URL: expected sqlite:///a/file or postgres://…")
if database["ENGINE"] == "django.db.backends.sqlite3":
    # Without IMMEDIATE, two writers that read first lock each other out.
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
database["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
database["CONN_HEALTH_CHECKS"] = True

# Shared by every process and never older than the database: attempts to log in are counted
# there, and Wagtail keeps the addresses of its pages there.
if CACHE_URL := env.str("CACHE_URL", default=""):
    CACHES = {"default": env.cache_url("CACHE_URL") | {"KEY_PREFIX": "maillage"}}
elif MODE == "test":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "intranet_cache",
        }
    }
# What a rendition is can be forgotten at any time, and is asked for often.
CACHES["renditions"] = {
    "BACKEND": "django.core.cache.backends.dummy.DummyCache"
    if MODE == "test"
    else "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "renditions",
    "TIMEOUT": 60,
}

MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))

if S3_BUCKET := env.str("S3_BUCKET", default=""):
    default_storage = {
        "BACKEND": "intranet.files.storage.PrivateS3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default=None),
            "region_name": env.str("S3_REGION", default=None),
            "default_acl": "private",
        },
    }
else:
    default_storage = {"BACKEND": "django.core.files.storage.FileSystemStorage"}

STORAGES = {
    "default": default_storage,
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# A whole request, files included; a form without its files.
REQUEST_MAX_SIZE = 25 * 1024 * 1024
# One machine serves static files from where they lie; production collects and compresses them.
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# A StreamField form sends several fields a block: 100 questions pass the default.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# -- Language ----------------------------------------------------------------------------

# Before the first migration, or Wagtail's root locale is English for ever.
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("French"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "intranet" / "locale"]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# -- Accounts: one way in, allauth's -----------------------------------------------------

AUTH_USER_MODEL = "intranet.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "intranet.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# How many proxies of ours stand before the product: attempts are counted by the address that
# the last of them saw, never by one that the browser made up.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A browser makes a key for this machine alone (localhost), or over HTTPS.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "add_webauthn": "intranet.accounts.forms.PasskeyForm",
    "edit_webauthn": "intranet.accounts.forms.PasskeyNameForm",
}
# Whoever enters the editor logs in with two proofs. The demo prints its passwords: it asks for
# none, unless it is told to.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=MODE != "demo")
MFA_TOTP_ISSUER = "Maillage"
# Nobody signs up by themselves: an account is made for an address that the network knows.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SESSION_ENGINE = (
    "django.contrib.sessions.backends.cached_db"
    if CACHE_URL
    else "django.contrib.sessions.backends.db"
)
SESSION_COOKIE_AGE = 14 * 24 * 3600
# How often it is written down that a session is in use; None: never.
SESSION_SEEN_EVERY: timedelta | None = timedelta(minutes=10)
SESSION_COOKIE_NAME = "__Host-maillage-session" if HTTPS else "maillage-session"
CSRF_COOKIE_NAME = "__Host-maillage-csrf" if HTTPS else "maillage-csrf"

# -- Mail --------------------------------------------------------------------------------

EMAIL_URL = env.str("EMAIL_URL", default="") or "consolemail://"
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
vars().update(env.email_url_config(EMAIL_URL))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Maillage <bonjour@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# How long the mail server may take for an answer, and for the receipt of a whole letter.
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
EMAIL_RECEIPT_TIMEOUT = env.int("EMAIL_RECEIPT_TIMEOUT", default=60)
# How many letters may leave in a minute, where the provider counts them; 0 for no limit.
LETTERS_A_MINUTE = env.int("LETTERS_A_MINUTE", default=0)
# Before each further attempt, in seconds; after the last, a letter is given up.
LETTER_PAUSES = [
    timedelta(seconds=pause)
    for pause in env.list(
        "LETTER_PAUSES",
        cast=int,
        default=[60, 300, 900, 1800, 3600, 2 * 3600, 6 * 3600, 12 * 3600, 24 * 3600],
    )
]
# What was sent or refused is shown for that long, then forgotten.
LETTERS_KEPT_DAYS = env.int("LETTERS_KEPT_DAYS", default=90)
if PRODUCTION and EMAIL_BACKEND.endswith("console.EmailBackend"):
    raise ImproperlyConfigured("EMAIL_URL must be set when MODE=production: smtp+tls://…")

# -- Security ----------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [SELF],
        "form-action": [SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "intranet.security.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# -- Wagtail -----------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Maillage"
WAGTAILADMIN_BASE_URL = BASE_URL
# A view of ours, which sends to allauth whoever is not logged in and refuses the others.
WAGTAIL_FRONTEND_LOGIN_URL = "/_util/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAIL_WORKFLOW_ENABLED = True
# Who reads members' news says what to change in a word of the review: one place is enough.
WAGTAILADMIN_COMMENTS_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAILIMAGES_IMAGE_MODEL = "intranet.Picture"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 30_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "odp", "pdf", "pptx", "txt", "xlsx"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# -- Jobs --------------------------------------------------------------------------------

# Our own rows say what is to be done (intranet/jobs); django-q only carries anonymous tickets
# to its workers, so nothing below has to be right for a job to be done once.
Q_CLUSTER = {
    "name": "maillage",
    "orm": "default",
    "workers": env.int("JOB_WORKERS", default=2),
    # The longest that one job may take, in seconds.
    "timeout": 1800,
    # A ticket comes back after `retry` seconds; its pool's end deletes it long before.
    "retry": 2000,
    # A ticket that waits in a process is one that the others cannot take.
    "queue_limit": 1,
    "ack_failures": True,
    # The rows of our jobs are the record: what became of a ticket interests nobody.
    "save_limit": -1,
    # Periodic jobs are settings.PERIODIC_JOBS: a schedule is asked for once, whoever asks.
    "scheduler": False,
    # No cache has this name, so django-q keeps no statistics: the guard of the workers must not
    # wait for a database.
    "cache": "no statistics",
    "poll": 0.25,
}
# A cluster that has taken no ticket for that long, with a worker free, is started again.
JOB_STUCK_SECONDS = env.float("JOB_STUCK_SECONDS", default=30)
# What a job may still take when the product is told to stop, before it is given back.
JOB_STOP_SECONDS = env.float("JOB_STOP_SECONDS", default=8)
PERIODIC_JOBS = {
    "intranet.jobs.tasks.purge": timedelta(days=1),
    "intranet.accounts.tasks.forget_expired_sessions": timedelta(days=1),
    # Each letter asks for its own sending; this one finds what a dead process left behind.
    "intranet.notifications.tasks.send_letters": timedelta(minutes=10),
    "intranet.notifications.tasks.purge_letters": timedelta(days=1),
    "intranet.invitations.tasks.purge_invitations": timedelta(days=1),
    "intranet.joining.tasks.purge_join_requests": timedelta(days=1),
    "intranet.digest.tasks.write_due_letters": timedelta(hours=1),
    "intranet.digest.tasks.purge_digests": timedelta(days=1),
    "intranet.search.tasks.repair": timedelta(hours=1),
    "intranet.files.tasks.purge_held_pictures": timedelta(days=1),
    "intranet.imports.tasks.purge_imports": timedelta(days=1),
    "pages.news.tasks.publish_scheduled": timedelta(minutes=5),
    "pages.news.tasks.ask_whether_still_true": timedelta(days=1),
    "pages.contact.tasks.erase_old_answers": timedelta(days=1),
    "surveys.campaigns.tasks.send_due_invitations": timedelta(hours=1),
    "surveys.exports.tasks.purge_exports": timedelta(days=1),
    "surveys.responses.tasks.purge_trials": timedelta(days=1),
    "surveys.responses.tasks.purge_unused_uploads": timedelta(days=1),
}
# A test runs its jobs itself, as soon as the transaction that asked for them is committed.
JOBS_RUN_INLINE = env.bool("JOBS_RUN_INLINE", default=MODE == "test")

# -- Search -------------------------------------------------------------------------------

# What there is to find, from every floor (see intranet/search/sources.py).
SEARCH_SOURCES = [
    "pages.base.search.PageSource",
    "pages.charter.search.CommitmentSource",
    "pages.charter.search.ValueSource",
    "intranet.search.documents.DocumentSource",
    "intranet.search.directory.AssociationSource",
    "intranet.search.directory.TerritorySource",
    "intranet.search.directory.PersonSource",
    "surveys.campaigns.search.CampaignSource",
]

# -- What is held about people -------------------------------------------------------------

# What each room holds about somebody, says of it and does when their account is closed
# (intranet/accounts/personal_data.py says how), by dotted name. The texts come last: what the
# rooms keep is searched for the names that are left.
PERSONAL_DATA = [
    "intranet.accounts.holdings.Accounts",
    "intranet.accounts.holdings.Letters",
    "intranet.network.personal_data.Network",
    "intranet.invitations.personal_data.Invitations",
    "intranet.joining.personal_data.JoinRequests",
    "intranet.imports.personal_data.Imports",
    "intranet.digest.personal_data.WeeklyLetter",
    "intranet.files.personal_data.Files",
    "intranet.search.personal_data.Search",
    "pages.base.personal_data.Pages",
    "surveys.exports.personal_data.Surveys",
]

# -- The weekly letter ---------------------------------------------------------------------

# What each room has to tell (intranet/digest/contract.py says how), by dotted name.
DIGEST_SOURCES = [
    "surveys.campaigns.digest.awaited_answers",
    "pages.signatures.digest.to_confirm",
    "pages.news.digest.to_acknowledge",
    "pages.news.digest.news",
    "pages.agenda.digest.events",
    "pages.resources.digest.resources",
]
# What an animator follows, in the order of the first screen (see intranet.desk.contract).
DESK_SOURCES = [
    "surveys.campaigns.desk.late_answers",
    "pages.signatures.desk.to_follow",
    "pages.base.desk.to_read",
    "pages.news.desk.to_acknowledge",
    "intranet.desk.sources.out_of_reach",
]
# What is said to a member of what is theirs, in the order of the first screen.
DESK_MEMBER_SOURCES = [
    "pages.signatures.desk.to_sign",
    "intranet.desk.sources.requests_to_join",
    "pages.news.desk.to_take_note",
    "pages.news.desk.still_true",
    "pages.news.desk.own_news",
    "pages.resources.desk.own_resources",
]
# What is new there: the sources of the weekly letter that announce what was published.
DESK_NEW_SOURCES = [
    "pages.news.digest.news",
    "pages.agenda.digest.events",
    "pages.resources.digest.resources",
]
# The morning on which letters are written, in Paris: 0 is Monday.
DIGEST_WEEKDAY = env.int("DIGEST_WEEKDAY", default=3)
DIGEST_HOUR = env.int("DIGEST_HOUR", default=7)

# -- Questionnaires -----------------------------------------------------------------------

# Shows a page of a draft as people will see it, for the editor's preview.
QUESTIONNAIRE_PREVIEW = "surveys.responses.views.preview.preview"

# -- Logs --------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "intranet.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
