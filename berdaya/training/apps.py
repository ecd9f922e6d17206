"""The Django app of what people learn."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class TrainingConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.training"
    label = "training"

    def ready(self) -> None:
        from berdaya.look.nav import nav_entry
        from berdaya.training import assigning, holdings_certificates, today_certificates

        nav_entry(
            "orang",
            _lazy("Sertifikat Pelatihan"),
            "training:certificates",
            ability="training.view",
            order=60,
            icon="award",
        )
        assigning.register()
        holdings_certificates.register()
        today_certificates.register()
