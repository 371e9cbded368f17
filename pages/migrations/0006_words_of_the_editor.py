"""What Wagtail lays in English at its installation, and people see in every list of the editor."""

from django.db import migrations


def speak_french(apps, schema_editor):
    page = apps.get_model("wagtailcore", "Page")
    page.objects.filter(depth=1, title="Root").update(
        title="Toutes les pages", draft_title="Toutes les pages"
    )
    collection = apps.get_model("wagtailcore", "Collection")
    collection.objects.filter(depth=1, name="Root").update(name="Fichiers du site")


def take_the_unused_workflow_away(apps, schema_editor):
    """The one that Wagtail made for a group that the network does not have."""
    unused = apps.get_model("wagtailcore", "Workflow").objects.filter(
        name="Moderators approval", workflow_pages=None, workflow_states=None
    )
    tasks = apps.get_model("wagtailcore", "Task").objects.filter(
        name="Moderators approval", task_states=None
    )
    unused.delete()
    tasks.filter(workflow_tasks=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0005_library_agenda_forms_legal"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.RunPython(speak_french, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(
            take_the_unused_workflow_away, migrations.RunPython.noop, elidable=True
        ),
    ]
