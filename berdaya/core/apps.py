"""Wires the ground floor into Django: error translation on connections and the checks."""

from django.apps import AppConfig
from django.core.checks import register
from django.db.backends.signals import connection_created


class CoreConfig(AppConfig):
    name = "berdaya.core"
    label = "core"

    def ready(self) -> None:
        from berdaya.core import checks, deploy, scope

        connection_created.connect(scope.translate_errors, dispatch_uid="core.scope")
        register(checks.every_table_has_a_wall)
        register(checks.foreign_keys_point_down)
        register(deploy.keys_are_strong)
        register(deploy.ready_to_serve, deploy=True)
        register(checks.persons_stand_behind_walls)
        register(checks.limits_are_said)
