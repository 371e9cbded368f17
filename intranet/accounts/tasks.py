from importlib import import_module

from django.conf import settings


def forget_expired_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()
