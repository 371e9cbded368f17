"""Files kept by an object store, read through the product."""

from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage


class PrivateS3Storage(S3Storage):
    """A bucket that nobody reads directly.

    A signed address of the bucket would open a private file to whoever it is forwarded to,
    and send readers to another host.
    """

    def url(self, name: str, parameters=None, expire=None, http_method=None) -> str:
        return settings.MEDIA_URL + quote(name)
