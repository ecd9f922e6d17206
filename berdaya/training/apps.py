"""The Django app of what people learn."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _lazy


class TrainingConfig(AppConfig):
    """Its pages and facts are put in their places here."""

    name = "berdaya.training"
    label = "training"

    def ready(self) -> None:
        from berdaya.core.uploads import declare_files
        from berdaya.look.nav import nav_entry
        from berdaya.papers.prints import declare_print
        from berdaya.people.parts import person_link
        from berdaya.training import (
            assigning,
            documents,
            holdings,
            holdings_certificates,
            retention,
            today,
            today_certificates,
        )
        from berdaya.training.models import PiecePhoto
        from berdaya.training.queries import pieces_in_use

        holdings.register()
        retention.register()
        today.register()
        declare_files(PiecePhoto.FOLDER, pieces_in_use)
        declare_print(documents.SHEET, documents.print_sheet, documents.page_of_sheet)
        declare_print(documents.PROOF, documents.print_proof, documents.page_of_proof)
        person_link(_lazy("Keterampilan"), "training:person_skills", ability="training.view")
        nav_entry(
            "orang",
            _lazy("Pelatihan"),
            "training:sessions",
            ability="training.sessions",
            order=25,
            icon="graduation-cap",
        )
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
