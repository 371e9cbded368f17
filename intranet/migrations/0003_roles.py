from django.db import migrations

ROLES = (
    "Animation du réseau",
    "Édition",
    "Référentes et référents",
    "Contributrices et contributeurs",
    "Partenaires publics",
)
WAGTAILS = ("Editors", "Moderators")


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name in ROLES:
        Group.objects.get_or_create(name=name)
    # Wagtail's own two groups, as long as nobody is in them.
    Group.objects.filter(name__in=WAGTAILS, user=None).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("intranet", "0002_pictures"),
        # These give permissions to Wagtail's two groups.
        ("wagtailcore", "0098_apitoken"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
        ("wagtailimages", "0027_image_description"),
        ("wagtaildocs", "0014_alter_document_file_size"),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
