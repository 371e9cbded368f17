from importlib import import_module

from django.conf import settings

from intranet.accounts.sessions import forget_ended_sessions


def forget_expired_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
    forget_ended_sessions()
