from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class IntranetConfig(AppConfig):
    name = "intranet"
    verbose_name = _("Network")
    default = True

    def ready(self) -> None:
        # The import registers the start-up checks.
        from intranet import checks  # noqa: F401, PLC0415

        # A session remembers the second factor that was set up in it.
        from intranet.accounts import signals as accounts  # noqa: F401, PLC0415

        # Files that people send wait for a page.
        from intranet.files import signals as files  # noqa: F401, PLC0415

        # Whoever became a member asks no more to join.
        from intranet.joining import signals as joining  # noqa: F401, PLC0415

        # The circles of territories follow memberships.
        from intranet.network import signals as network  # noqa: F401, PLC0415

        # This one connects the search to what the network and the editors write.
        from intranet.search import signals  # noqa: F401, PLC0415

        post_migrate.connect(set_up, dispatch_uid="intranet.set_up")
        post_save.connect(open_to_roles, dispatch_uid="intranet.open_to_roles")


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "intranet.accounts.admin.PeopleViewSet"


SET_UP_TABLES = {
    "auth_group",
    "intranet_installation",
    "intranet_workinggroup",
    "wagtailcore_groupcollectionpermission",
    "wagtailcore_grouppagepermission",
    "wagtailcore_site",
}


def set_up(sender: AppConfig, using: str, **kwargs) -> None:
    """What every database has: the roles' permissions, the site's address, the cache's table."""
    from intranet.accounts.operations import grant_role_permissions  # noqa: PLC0415
    from intranet.installation.operations import align_site  # noqa: PLC0415
    from intranet.network.circles import keep_territory_circles  # noqa: PLC0415

    # The permissions of the other applications exist only once the last one is done.
    is_last = sender is list(apps.get_app_configs())[-1]
    if not is_last or not set(connections[using].introspection.table_names()) >= SET_UP_TABLES:
        return
    # First: the others empty what they change from the cache.
    call_command("createcachetable", verbosity=0)
    grant_role_permissions()
    keep_territory_circles()
    align_site(base_url=settings.BASE_URL)


def open_to_roles(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    from intranet.accounts.operations import grant_new_page  # noqa: PLC0415
    from intranet.accounts.roles import SECTIONS  # noqa: PLC0415

    if created and not raw and sender._meta.label in SECTIONS:
        grant_new_page(page=instance)
