"""Front door: what the surveys add to Wagtail's editor, gathered for Wagtail."""
