import django.core.validators
from django.db import migrations, models


def leave_oneself(apps, schema_editor):
    """An association that is its own federation has none."""
    associations = apps.get_model("intranet", "Association").objects
    associations.filter(federation=models.F("pk")).update(federation=None)


def count(apps, schema_editor):
    """The figures of what is there, which stay when the file is forgotten."""
    for run in apps.get_model("intranet", "ImportRun").objects.exclude(report={}):
        run.counts = {
            name: told if isinstance(told, int) else len(told) for name, told in run.report.items()
        }
        run.save(update_fields=["counts"])


class Migration(migrations.Migration):
    dependencies = [
        ("intranet", "0013_join_requests"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrun",
            name="counts",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="importrun",
            name="forgotten_at",
            field=models.DateTimeField(null=True, verbose_name="forgotten at"),
        ),
        migrations.AddField(
            model_name="importrun",
            name="kept",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(leave_oneself, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="association",
            name="website",
            field=models.URLField(
                blank=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(?i:https?)://",
                        "The address of a website begins with https:// or http://.",
                    )
                ],
                verbose_name="website",
            ),
        ),
        migrations.AddConstraint(
            model_name="association",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("federation", None),
                    models.Q(("federation", models.F("pk")), _negated=True),
                    _connector="OR",
                ),
                name="no_association_is_its_own_federation",
                violation_error_message=(
                    "An association is not its own federation, even through others: choose "
                    "another one, or none."
                ),
            ),
        ),
    ]
