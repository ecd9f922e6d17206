"""Any split can be proposed, and holds once another person agrees; none divides anew."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import override

from berdaya.core import clock
from berdaya.core.verdicts import Refused
from berdaya.proceeds.actions.policies import decide_policy, propose_policy, set_policy
from berdaya.proceeds.calc import Policy, divide_base
from berdaya.proceeds.example import told
from berdaya.proceeds.models import PolicyDecision, PolicyProposal, SplitPolicy
from berdaya.proceeds.models.policies import Decision
from berdaya.proceeds.policies import VARIANTS
from tests.counting import at_most
from tests.proceeds.scene import SOLD, Scene, build
from tests.world import SINCE, World

FROM, AGREED = SOLD + timedelta(days=30), SOLD + timedelta(days=3)
TERMS = {**VARIANTS["klungkung_2026"].terms(), "legal_basis": "PKS 12/2026"}
FIELDS = {
    "base": "turnover", "makers_bp": "37,5", "capital_bp": "42.5", "state_bp": "15 %",
    "cooperative_bp": "5", "saved_bp": "60", "spendable_bp": "30", "family_bp": "10",
    "floor_rp": "700.000", "legal_basis": "PKS 12/2026",
}  # fmt: skip


@pytest.fixture
def scene(world: World) -> Scene:
    with world.everywhere():
        scene = build(world)
        set_policy(
            by=scene.by, party=scene.book.party, valid_from=SINCE,
            terms=VARIANTS["kepmenkeh_1990"].terms(),
        )  # fmt: skip
    return scene


def propose(scene: Scene, who: str = "cooperative", **change: object) -> PolicyProposal:
    facts = {"category": None, "valid_from": FROM, "terms": TERMS, "proposed_on": SOLD, **change}
    with scene.world.acting(who):
        return propose_policy(by=scene.staff(who), book=scene.book, **facts)


def decide(
    scene: Scene, row: PolicyProposal, who: str = "head", outcome: str = Decision.APPROVED,
    on: date = AGREED, reason: str = "",
) -> PolicyDecision:  # fmt: skip
    with scene.world.acting(who):
        return decide_policy(
            by=scene.staff(who), proposal=row, outcome=outcome, decided_on=on, reason=reason
        )


def test_a_policy_holds_once_another_agrees_and_ends_the_one_before(
    world: World, scene: Scene
) -> None:
    row = propose(scene)
    with world.everywhere():
        waiting = SplitPolicy.objects.filter(party=scene.book.party).count()

    decision = decide(scene, row)

    with world.everywhere():
        before, after = SplitPolicy.objects.filter(party=scene.book.party).order_by("valid_from")
        assert waiting == 1
        assert before.valid_until == after.valid_from == FROM
        assert decision.policy == after
        assert (after.cooperative_bp, after.legal_basis) == (4000, "PKS 12/2026")


def test_who_proposes_never_approves(world: World, scene: Scene) -> None:
    row = propose(scene, "head")

    with pytest.raises(Refused) as refused:
        decide(scene, row)
    with world.everywhere(), pytest.raises(IntegrityError), transaction.atomic():
        PolicyDecision.objects.create(
            proposal=row, facility=scene.facility, proposed_by=world.staff["cooperative"],
            outcome=Decision.REFUSED, reason="x", decided_on=AGREED, recorded_at=clock.now(),
            recorded_by=world.staff["head"],
        )  # fmt: skip
    decide(scene, row, "regional")

    assert refused.value.verdict.codes == ("proposal_same_person",)


def test_a_person_sets_no_policy_alone(world: World, scene: Scene) -> None:
    with world.acting("head"), pytest.raises(Refused) as refused:
        set_policy(by=scene.staff("head"), party=scene.book.party, valid_from=FROM, terms=TERMS)

    assert refused.value.verdict.codes == ("policy_needs_two",)
    with world.everywhere():
        assert SplitPolicy.objects.filter(party=scene.book.party).count() == 1


@pytest.mark.parametrize(
    "change, codes",
    [
        ({"terms": {**TERMS, "makers_bp": 4_999}}, ("policy_shares_wrong",)),
        ({"terms": {**TERMS, "saved_bp": 1, "spendable_bp": 1}}, ("policy_shares_wrong",)),
        ({"valid_from": SINCE}, ("policy_after_sales", "policy_overlaps")),
        ({"valid_from": SOLD}, ("policy_after_sales",)),
        ({"proposed_on": date(2099, 1, 1)}, ("day_in_future",)),
    ],
)
def test_what_cannot_hold_is_not_proposed(
    world: World, scene: Scene, change: dict, codes: tuple[str, ...]
) -> None:
    with world.everywhere():
        scene.sell(1)

    with pytest.raises(Refused) as refused:
        propose(scene, **change)

    assert refused.value.verdict.codes == codes
    with world.everywhere():
        assert not PolicyProposal.objects.exists()


def test_what_was_sold_meanwhile_is_not_divided_anew(world: World, scene: Scene) -> None:
    row = propose(scene)
    with world.everywhere():
        scene.sell(1, sold_on=FROM)

    with pytest.raises(Refused) as refused:
        decide(scene, row)
    with pytest.raises(Refused) as bare:
        decide(scene, row, outcome=Decision.REFUSED)
    decide(scene, row, outcome=Decision.REFUSED, reason="terlambat")
    with pytest.raises(Refused) as again:
        decide(scene, row, "regional")

    assert refused.value.verdict.codes == ("policy_after_sales",)
    assert bare.value.verdict.codes == ("refund_reason_missing",)
    assert again.value.verdict.codes == ("correction_decided",)
    with world.everywhere():
        assert SplitPolicy.objects.filter(party=scene.book.party).count() == 1


def test_example_is_the_calculation_in_words() -> None:
    terms = Policy(0, False, 5000, 3500, 1500, 0, 7500, 2500, 0)

    words = told(terms)

    assert divide_base(terms, 333) == {
        "makers": 168, "capital": 116, "state": 49, "cooperative": 0,
    }  # fmt: skip
    assert words == [
        "Modal kerja: 35 % dari Rp333 = 116,55, dibulatkan ke bawah menjadi Rp116.",
        "PNBP: 15 % dari Rp333 = 49,95, dibulatkan ke bawah menjadi Rp49.",
        "Pembuat: 50 %, dan semua pecahan rupiah: sisanya Rp168.",
        "Rp168 itu masuk: tabungan Rp126, dapat dipakai Rp42, untuk keluarga Rp0.",
    ]
    with override("en"):
        assert told(terms)[2] == "Makers: 50 %, and every broken rupiah: the rest, Rp168."


def test_desk_proposes_any_split_and_shows_it_before(world: World, scene: Scene) -> None:
    facts = {**FIELDS, "book": scene.book.pk, "valid_from": "2026-12-31"}
    url, officer = reverse("proceeds:new_policy"), world.client("cooperative")

    fresh = officer.get(f"{url}?pola=bukittinggi_2023").content.decode()
    shown = officer.post(url, {**facts, "contoh": "1"})
    with world.everywhere():
        kept = PolicyProposal.objects.count()
    wrong = officer.post(url, {**facts, "makers_bp": "40", "saved_bp": "61"})
    early = officer.post(url, {**facts, "valid_from": SINCE.isoformat()})
    done = officer.post(url, facts)
    with world.everywhere():
        row = PolicyProposal.objects.get()

    assert "sisanya Rp51" in fresh
    assert "sisanya Rp127" in shown.content.decode()
    assert (shown.status_code, kept) == (200, 0)
    assert (wrong.status_code, early.status_code, done.status_code) == (422, 422, 302)
    assert set(wrong.context["form"].errors) == {"makers_bp", "saved_bp"}
    assert set(early.context["form"].errors) == {"valid_from"}
    assert (row.makers_bp, row.capital_bp, row.state_bp) == (3750, 4250, 1500)
    own = officer.post(reverse("proceeds:policy_approval", args=[row.pk]))
    head = world.client("head")
    today = head.get(reverse("institutions:today")).content.decode()
    page = reverse("proceeds:policy_proposal", args=[row.pk])
    for address in (page, reverse("proceeds:policies"), url, f"/en{page}"):
        with at_most(12):
            assert head.get(address).status_code == 200
    head.post(reverse("proceeds:policy_approval", args=[row.pk]))
    assert own.status_code == 403
    assert page in today
    with world.everywhere():
        assert SplitPolicy.objects.get(party=scene.book.party, valid_until=None).makers_bp == 3750
