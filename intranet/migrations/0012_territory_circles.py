"""The circle of a territory, a working group that memberships compose."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intranet", "0011_invitations")]

    operations = [
        migrations.AddField(
            model_name="workinggroup",
            name="territory",
            field=models.OneToOneField(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="circle",
                to="intranet.territory",
                verbose_name="territory",
            ),
        ),
    ]
