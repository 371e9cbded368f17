"""People in Wagtail's editor."""

from wagtail.users.views.users import UserViewSet


class PeopleViewSet(UserViewSet):
    pass
