"""Desk addresses of the institutions."""

from django.urls import path

from berdaya.institutions.views import (
    desk,
    letters,
    letting_in,
    parties,
    permissions,
    registered,
    staff,
)

app_name = "institutions"


def _accounts(kind: str, start: str, name: str) -> list:
    """The same addresses for bank accounts and for QRIS."""
    one = {"kind": kind}
    return [
        path(start, registered.account_list, one, name=f"{name}s"),
        path(f"{start}new/", registered.new_account, one, name=f"new_{name}"),
        path(f"{start}<int:pk>/", registered.account, one, name=name),
        path(
            f"{start}<int:pk>/confirmation/",
            registered.confirmation,
            one,
            name=f"{name}_confirmation",
        ),
        path(f"{start}<int:pk>/refusal/", registered.refusal, one, name=f"{name}_refusal"),
        path(f"{start}<int:pk>/ending/", registered.ending, one, name=f"{name}_ending"),
    ]


urlpatterns = [
    path("desk/", desk.today, name="today"),
    path("desk/akun/", desk.account, name="account"),
    path("desk/unit/", desk.facility_choice, name="facility_choice"),
    path("desk/staff/", staff.staff, name="staff"),
    path("desk/staff/new/", staff.new_staff, name="new_staff"),
    path("desk/staff/<int:pk>/", staff.person, name="person"),
    path("desk/staff/<int:pk>/appointments/", staff.new_appointment, name="new_appointment"),
    path("desk/staff/<int:pk>/invitation/", letting_in.invitation, name="invitation"),
    path("desk/staff/<int:pk>/card/", letting_in.card, name="card"),
    path("desk/pcs/", letting_in.pcs, name="pcs"),
    path("desk/pcs/new/", letting_in.new_pc, name="new_pc"),
    path("desk/pcs/<int:pk>/ending/", letting_in.pc_ending, name="pc_ending"),
    path("desk/appointments/<int:pk>/ending/", staff.end, name="end_appointment"),
    path("desk/letters/", letters.letters, name="letters"),
    path("desk/letters/new/", letters.new_letter, name="new_letter"),
    path("desk/letters/<int:pk>/", letters.letter, name="letter"),
    path("desk/letters/<int:pk>/ending/", letters.letter_ending, name="letter_ending"),
    path("desk/permissions/", permissions.permissions, name="permissions"),
    path("desk/parties/", parties.party_list, name="parties"),
    path("desk/parties/new/", parties.new_party, name="new_party"),
    path("desk/parties/<str:code>/contact/", parties.contact, name="contact"),
    path("desk/parties/<str:code>/", parties.party, name="party"),
    path("desk/parties/<str:code>/regimes/", parties.new_regime, name="new_regime"),
    *_accounts("bank", "desk/bank-accounts/", "bank_account"),
    *_accounts("qris", "desk/qris/", "qris_account"),
]
