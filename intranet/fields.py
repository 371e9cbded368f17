"""Columns of our own."""

from wagtail.fields import StreamField


class BlocksField(StreamField):
    """A StreamField whose blocks stay out of migrations.

    A block definition says how editors write, not how the database stores: pouring it into
    migrations makes them grow with every label that changes.
    """

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
