"""Keys of the erased are destroyed whatever happened meanwhile; each night keys are copied, and
what has been kept long enough is proposed, let go, and counted.
"""

from django.db import connection

from berdaya.core import clock
from berdaya.core.backups import copy_keys
from berdaya.core.events import subscribe
from berdaya.core.scope import required, system_scope
from berdaya.core.tasks import jobs, task
from berdaya.institutions.models import Facility
from berdaya.people.actions.identity import destroy_key, identity_erased
from berdaya.people.actions.retention import run_retention
from berdaya.people.models import Erasure


@subscribe(identity_erased, purpose="keys")
def destroy_again(facility_id: int, subject_id: int | str) -> None:
    """The key goes when the transaction ends; a net for a program that died right then."""
    destroy_key(Erasure.objects.values_list("key_owner", flat=True).get(pk=subject_id))


@jobs.periodic(cron="5 18 * * *")
@jobs.task(name="people.copy_keys", queueing_lock="people.copy_keys")
def copy_keys_nightly(timestamp: int) -> None:
    """At 02.05 in Kupang: a copy of the key store, and the end of copies older than seven days."""
    copy_keys()


def settle_identities() -> int:
    """Identities whose placement, recorded ahead, has begun go to that unit; returns how many."""
    with system_scope("nightly", []), connection.cursor() as cursor:
        cursor.execute("SELECT people_settle_identities()")
        return int(cursor.fetchone()[0])


@task(purpose="nightly")
def keep_no_longer(facility_id: int) -> None:
    """One facility's round; a second start on the same day adds nothing."""
    facility = Facility.objects.get(pk=facility_id)
    run_retention(by=required().actor, facility=facility, today=clock.today(facility.timezone))


@jobs.periodic(cron="45 17 * * *")
@jobs.task(name="people.keep_no_longer_everywhere", queueing_lock="people.keep_no_longer")
def keep_no_longer_everywhere(timestamp: int) -> None:
    """At 17.45 UTC a new day has begun in every zone of the country: one job a facility."""
    settle_identities()
    for facility in Facility.objects.values_list("pk", flat=True):
        with system_scope("nightly", [facility]):
            keep_no_longer.queue(facility_id=facility)
