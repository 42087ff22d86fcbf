"""Accounts that exist already get their stages."""

from django.db import migrations

STAGES = 7


def give_stages(apps, schema_editor):
    account_model = apps.get_model("accounts", "Account")
    stage_model = apps.get_model("stages", "Stage")
    for account in account_model.objects.filter(stages__isnull=True).iterator():
        stage_model.objects.bulk_create(
            stage_model(account=account, number=number, status="unlocked" if number == 1 else "locked")
            for number in range(1, STAGES + 1)
        )


class Migration(migrations.Migration):
    dependencies = [("stages", "0001_initial")]
    operations = [migrations.RunPython(give_stages, migrations.RunPython.noop)]
