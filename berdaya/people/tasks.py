"""Keys of the erased are destroyed whatever happened meanwhile; copies of keys are made nightly."""

from berdaya.core.backups import copy_keys
from berdaya.core.events import subscribe
from berdaya.core.tasks import jobs
from berdaya.people.actions.identity import destroy_key, identity_erased
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
