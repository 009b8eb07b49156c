"""Settings, all from the environment; a value that cannot be right stops the start with one sentence.

Read by name (README, "Settings"): SITE_NAME, HOST, PORT, ALLOWED_HOSTS, BEHIND_PROXY, DEV, SECRET_KEY, NOTES_KEY,
NOTES_KEYS_BEFORE, VAPID_KEY, PUSH_LOCAL, VAR_DIR, SITE_HOST, DATABASE_URL, DATABASE_ROLE, DB_POOL, REDIS_URL,
EMAIL_URL, MAIL_FROM, TIME_ZONE.
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from attachment_app.embedded import places
from attachment_app.lib import environment as env
from attachment_app.lib import roles, secret_file

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = places.var_dir()

SITE_NAME = env.text("SITE_NAME", "To and fro")
HOST = env.text("HOST", "127.0.0.1")
PORT = env.number("PORT", 8000)
DEBUG = False
# The name in Message-IDs of mails, and where the links lead that leave the site in mails and pushes.
SITE_HOST = env.text("SITE_HOST", "localhost")
SITE_URL = f"http://localhost:{PORT}" if SITE_HOST == "localhost" else f"https://{SITE_HOST}"

# --- who may knock -----------------------------------------------------------
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
BEHIND_PROXY = env.flag("BEHIND_PROXY")
DEV = env.flag("DEV")
if DEV and (HOST not in env.LOOPBACK or not set(ALLOWED_HOSTS) <= env.LOOPBACK):
    raise ImproperlyConfigured(
        "DEV=1 shows confirmation codes on the page, so it works on this machine alone: "
        "take DEV away, or leave HOST and ALLOWED_HOSTS at localhost."
    )
_secrets: dict[str, str] = {}
_later = ("NOTES_KEY", "VAPID_KEY")
if not all(env.text(name) for name in ("SECRET_KEY", *_later)):
    _secrets = secret_file.read_or_make(VAR_DIR / "secrets", ("DJANGO_SECRET_KEY",), later=_later)
SECRET_KEY = env.text("SECRET_KEY") or _secrets["DJANGO_SECRET_KEY"]
# The first wraps the keys with which notes are sealed, the others still unwrap (see `manage.py rotate_keys`).
NOTES_RING = env.ring(env.text("NOTES_KEY") or _secrets["NOTES_KEY"], env.listing("NOTES_KEYS_BEFORE", []))
if env.text("SECRET_KEY") and env.text("NOTES_KEY") and not env.text("VAPID_KEY"):
    raise ImproperlyConfigured(
        "SECRET_KEY and NOTES_KEY are set and VAPID_KEY is not: every process has to sign pushes with the same key. "
        "“openssl rand -base64 32 | tr +/ -_” prints one."
    )
# What pushes are signed with. A browser ties itself to its public half, so another key ends every subscription.
VAPID_KEY = env.vapid_key(env.text("VAPID_KEY") or _secrets["VAPID_KEY"])
# Lets pushes go to this machine itself, without TLS: for tests and benches.
PUSH_LOCAL = env.flag("PUSH_LOCAL")
if PUSH_LOCAL and not DEV:
    raise ImproperlyConfigured("PUSH_LOCAL=1 sends pushes to this machine itself: it works with DEV=1 alone.")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^up$"]  # the health check asks from inside, where there is no TLS
# Sent over https alone. Two years, for this host: what its neighbours speak is not ours to say.
SECURE_HSTS_SECONDS = 63_072_000

# --- parts -------------------------------------------------------------------
INSTALLED_APPS = [
    "attachment_app",
    "attachment_app.groups",
    "journal",
    "guidance",
    "attachment_app.accounts",
    "attachment_app.delivery",
    "attachment_app.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "attachment_app.web.kept.KeptPages",  # outermost: it keeps whole answers, their headers included
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # before the headers: a file needs none of a page's
    "attachment_app.web.middleware.headers",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "attachment_app.web.middleware.PersonTransaction",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "attachment_app.urls"
WSGI_APPLICATION = "attachment_app.wsgi.application"
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
                "attachment_app.web.context.frame",
            ],
        },
    }
]

# --- database, cache, broker -------------------------------------------------
# What this process does, as one of the database's roles: `owner` migrates, `web` and `worker` are held to their rows.
DATABASE_ROLE = env.text("DATABASE_ROLE", roles.OWNER)
if DATABASE_ROLE not in roles.SIGN_IN:
    raise ImproperlyConfigured(f"DATABASE_ROLE is “{DATABASE_ROLE}”; it takes {', '.join(roles.SIGN_IN)}.")
DATABASES = {"default": env.database(env.text("DATABASE_URL") or places.database_url(VAR_DIR, DATABASE_ROLE))}
DATABASES["default"]["CONN_MAX_AGE"] = 0
# Also where DATABASE_URL signs in as somebody else who may take the role.
options: dict[str, object] = {"options": f"-c role={DATABASE_ROLE}"}
if pool := env.number("DB_POOL", 0):
    # Web processes alone: Celery closes its connections around every task, and a pool with them.
    options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 5}
DATABASES["default"]["OPTIONS"] = options
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# What must hold while the broker is away (throttles above all) is counted in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # Django's 300 would let anyone wash a throttle away by asking from many places.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# For so long a page that is the same for everybody may be older than what it is made from (see web/kept.py).
KEPT_PAGES_SECONDS = 3

CELERY_BROKER_URL = env.broker(env.text("REDIS_URL") or places.redis_url(VAR_DIR))
# Measured: without late acknowledgement and these limits a killed worker loses or hides work.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 45
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_DISABLE_PREFETCH = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 10,
    "unacked_restore_throttle": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
    "retry_on_timeout": True,
    "health_check_interval": 25,
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    # The bell: what is due stands in the outbox, so a ring that is lost costs five seconds and nothing else.
    "ring": {"task": "attachment_app.delivery.tasks.ring", "schedule": 5.0, "options": {"expires": 10}},
    # Reminders: planned a little ahead, and sent when they are due. Two of either share the work.
    "plan": {"task": "journal.tasks.plan_reminders", "schedule": 5.0, "options": {"expires": 10}},
    "send": {"task": "attachment_app.delivery.tasks.send", "schedule": 5.0, "options": {"expires": 10}},
    "reckon usual hours": {
        "task": "journal.tasks.reckon_usual_hours",
        "schedule": 300.0,
        "options": {"expires": 240},
    },
    "forget what was decided": {
        "task": "attachment_app.delivery.tasks.forget",
        "schedule": 3600.0,
        "options": {"expires": 3000},
    },
    "ask about timers": {"task": "journal.tasks.ask_about_timers", "schedule": 300.0, "options": {"expires": 240}},
    "check on people": {"task": "journal.tasks.check_on_people", "schedule": 60.0, "options": {"expires": 50}},
    "forget what was removed": {"task": "journal.tasks.forget_removed", "schedule": 900.0, "options": {"expires": 600}},
    "close windows": {
        "task": "attachment_app.groups.tasks.close_windows",
        "schedule": 300.0,
        "options": {"expires": 240},
    },
}

# --- people ------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "attachment_app.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    name: f"attachment_app.accounts.forms.{form}"
    for name, form in {
        "signup": "SignupForm",
        "login": "LoginForm",
        "reset_password": "ResetPasswordForm",
        "reset_password_from_key": "ResetPasswordKeyForm",
        "change_password": "ChangePasswordForm",
        "add_email": "AddEmailForm",
        "reauthenticate": "ReauthenticateForm",
        "confirm_email_verification_code": "ConfirmEmailVerificationCodeForm",
        "confirm_password_reset_code": "ConfirmPasswordResetCodeForm",
    }.items()
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_REDIRECT_URL = "/accounts/children/new/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 15 * 60  # the mails say fifteen minutes
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PREVENT_ENUMERATION = True
# A double tap on “sign up” asks for two codes at once: the second is for the page that is shown.
ACCOUNT_RATE_LIMITS = {"confirm_email": "3/m/key"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
# Throttles count a person's own address, not the balancer's.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True

# --- cookies and headers -----------------------------------------------------
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "attachment_app.web.views.forgery"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- mail --------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{SITE_NAME} <no-reply@localhost>")
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR_DIR / "mail"
if env.text("EMAIL_URL"):
    globals().update(env.mail(env.text("EMAIL_URL")))

# --- words and time ----------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text("TIME_ZONE", "Europe/London")
USE_TZ = True

# --- files -------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Ours alone: what other packages bring is not published.
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {"BACKEND": "attachment_app.web.storage.StaticFiles"},
}
WHITENOISE_MAX_AGE = 60

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    # The text of a request's body or of a mail is logged nowhere.
    "loggers": {"django.server": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
