from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0002_types'),
    ]

    operations = [
        migrations.AddField(
            model_name='documenttype',
            name='ability',
            field=models.CharField(default='stock.view', max_length=30),
        ),
    ]
