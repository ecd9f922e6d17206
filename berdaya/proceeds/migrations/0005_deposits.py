"""Payments out of deposits, and a final day that follows the delivery."""

from django.conf import settings
from django.db import migrations, models


# The final day follows the delivery, but only while nothing of the sale is payable.
FORWARD = """
DROP TRIGGER proceeds_sale_frozen ON proceeds_sale;
CREATE TRIGGER proceeds_sale_frozen BEFORE UPDATE ON proceeds_sale FOR EACH ROW
  EXECUTE FUNCTION proceeds_refuse_change('released_on', 'refunded_rp', 'paid_rp', 'state_back_rp',
    'state_deposited_rp', 'state_claim_rp', 'final_on');
CREATE TRIGGER proceeds_sale_final_frozen BEFORE UPDATE OF final_on ON proceeds_sale FOR EACH ROW
  WHEN (OLD.released_on IS NOT NULL AND OLD.final_on IS DISTINCT FROM NEW.final_on)
  EXECUTE FUNCTION proceeds_refuse_change('id');
"""
BACKWARD = """
DROP TRIGGER proceeds_sale_final_frozen ON proceeds_sale;
DROP TRIGGER proceeds_sale_frozen ON proceeds_sale;
CREATE TRIGGER proceeds_sale_frozen BEFORE UPDATE ON proceeds_sale FOR EACH ROW
  EXECUTE FUNCTION proceeds_refuse_change('released_on', 'refunded_rp', 'paid_rp', 'state_back_rp',
    'state_deposited_rp', 'state_claim_rp');
"""


class Migration(migrations.Migration):

    dependencies = [
        ('institutions', '0002_owner_kind'),
        ('proceeds', '0004_money_settled'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='payment',
            name='is_deposit',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='payment',
            constraint=models.CheckConstraint(condition=models.Q(('is_deposit', False), ('amount_rp__gt', 0), _connector='OR'), name='proceeds_payment_deposit'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
