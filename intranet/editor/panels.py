"""A sentence of help at the top of what is being written."""

from wagtail.admin.panels import Panel

from intranet.editor.sheets import hint_for


class HintPanel(Panel):
    """The hint of the kind of page, if a sheet has one for whoever writes it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "intranet/editor/hint_panel.html"

        @property
        def hint(self):
            return hint_for(self.request, self.instance._meta.model_name)

        def is_shown(self) -> bool:
            return super().is_shown() and self.hint is not None
