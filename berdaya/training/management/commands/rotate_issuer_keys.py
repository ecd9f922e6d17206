"""bin/manage rotate_issuer_keys: a fresh signing key for each issuer; old ones keep verifying."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from berdaya.core.scope import system_scope
from berdaya.training.actions.issuers import rotate_key
from berdaya.training.models import CertificateIssuer


class Command(BaseCommand):
    help = "Let every issuer of certificates, or one of them, sign with a fresh key from now on."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--issuer", metavar="SLUG", help="only this one")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = CertificateIssuer.objects.order_by("pk")
        if options["issuer"]:
            rows = rows.filter(slug=options["issuer"])
        for issuer in rows:
            with system_scope("keys", []):
                key = rotate_key(issuer=issuer)
            self.stdout.write(f"{issuer.slug}: {key.key_id}")
