"""Pages and papers of consent, safety and insurance: what each shows, costs, and does."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from berdaya.catalog.models import Listing
from berdaya.core import clock
from berdaya.people.actions.papers import withdraw_consent
from berdaya.people.actions.participants import end_placement
from berdaya.people.models import Consent, ConsentText, SafetyHold, WorkInsurance
from tests.catalog.mentions import LABEL, propose, show
from tests.counting import at_most
from tests.orders.scene import Shop, open_shop
from tests.people.consents import give, give_publicity, text_of
from tests.world import SINCE, TODAY, World


@pytest.fixture
def shop(world: World) -> Shop:
    with world.everywhere():
        return open_shop(world)


def work(world: World, tail: str = "") -> str:
    return f"/desk/wbp/{world.people['cendana'].code}/kerja/{tail}"


def words(pdf: bytes) -> str:
    pages = PdfReader(BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("n", [1, 12])
def test_lists_and_pages_cost_at_most_twelve_statements(world: World, shop: Shop, n: int) -> None:
    mention_page = reverse("catalog:mentions", args=[shop.listing.slug])
    with world.acting() as scope:
        WorkInsurance.objects.create(
            facility=world.atb, scheme="other", policy_no="P-1", valid_from=SINCE,
            recorded_at=clock.now(),
        )  # fmt: skip
        for place in range(n):
            day = SINCE + timedelta(days=3 * place + 1)
            given = Consent.objects.create(
                participant=world.people["lontar"], facility=world.atb, given_on=day,
                text_version="1", witness_role="family",
            )  # fmt: skip
            withdraw_consent(by=scope.actor, consent=given, withdrawn_on=day + timedelta(days=1))
    show(shop)

    paths = (
        *(
            "/desk/consents/",
            "/desk/consents/missing/",
            "/desk/consent-texts/",
            f"/desk/consent-texts/{text_of().pk}/",
        ),
        *("/desk/insurances/", "/desk/mentions/", mention_page, work(world), "/desk/incidents/"),
        f"/desk/workshops/{shop.scene.workshop.pk}/safety/",
        work(world, "consents/"),
        work(world, "publicity/"),
    )
    client = world.client()
    for path in paths:
        with at_most(12):
            assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("language", ["id", "en"])
def test_form_to_read_aloud_bears_no_name_and_a_number(world: World, language: str) -> None:
    data = {"purpose": "work", "language": language, "paper": "a4"}

    answer = world.client().post(work(world, "consents/form/"), data)

    said = words(answer.content)
    assert answer["Content-Type"] == "application/pdf"
    assert "A-001 · Cendana" in said
    assert ("Dibacakan dalam bahasa" if language == "id" else "Read aloud in") in said
    assert ("juga tidak untuk remisi" if language == "id" else "also not for remission") in said
    assert "001/SPK/LP-ATB" in said
    pages = PdfReader(BytesIO(answer.content)).pages
    assert len(pages) <= 3


def test_form_in_a_language_without_a_text_says_what_to_do(world: World) -> None:
    data = {"purpose": "work", "language": "local", "paper": "a4"}

    answer = world.client().post(work(world, "consents/form/"), data)

    assert answer.status_code == 409
    assert "text_missing" in answer.content.decode()


def test_each_publicity_form_is_a_paper_of_its_own(world: World) -> None:
    data = {"purpose": "publicity", "language": "id", "paper": "a4"}

    first, second = (world.client().post(work(world, "consents/form/"), data) for _ in range(2))

    assert "001/SPP" in words(first.content)
    assert "002/SPP" in words(second.content)
    assert "SALINAN" not in words(second.content)


def test_withdrawal_is_two_clicks_and_a_paper(world: World) -> None:
    given = give(world)
    officer = world.client()

    assert "Cabut" in officer.get(work(world)).content.decode()
    page = officer.get(work(world, f"consents/{given.pk}/ending/")).content.decode()
    assert "alasan" not in page.lower().replace("alasan tidak ditanyakan", "")
    day = str(clock.today())
    done = officer.post(work(world, f"consents/{given.pk}/ending/"), {"withdrawn_on": day})
    paper = officer.post(work(world, f"consents/{given.pk}/withdrawal/"), {"paper": "a4"})

    assert done.status_code == 302
    assert "Alasannya tidak ditanyakan" in words(paper.content)
    assert "Surat pencabutan" in officer.get(work(world)).content.decode()


def test_released_person_still_withdraws_at_the_last_unit(world: World) -> None:
    given = give(world, "data")
    with world.acting() as scope:
        end_placement(
            by=scope.actor, participant=world.people["cendana"], facility=world.atb, on=TODAY,
            status="released",
        )  # fmt: skip

    day = str(clock.today())
    url = work(world, f"consents/{given.pk}/ending/")
    answer = world.client().post(url, {"withdrawn_on": day})

    assert answer.status_code == 302
    with world.everywhere():
        given.refresh_from_db()
    assert str(given.withdrawn_on) == day


def test_publicity_that_ends_soon_waits_and_leads_to_its_rows(world: World) -> None:
    give(world)
    soon = clock.today() + timedelta(days=9)
    give_publicity(world, "kain-a", valid_until=soon)
    client = world.client()

    today = client.get("/desk/").content.decode()
    listed = client.get("/desk/consents/?keadaan=soon").content.decode()

    assert "1 kesediaan disebut segera berakhir" in today
    assert "/desk/consents/?keadaan=soon" in today
    assert "Disebut: Halaman toko" in listed
    assert "1–1" in listed


def test_publicity_mention_and_clean_page_by_their_pages(world: World, shop: Shop) -> None:
    officer, head, slug = world.client(), world.client("head"), shop.listing.slug
    page = reverse("catalog:mentions", args=[slug])
    said = officer.post(work(world, "publicity/"), {
        "text": text_of("publicity").pk, "item": slug, "channel": "shop",
        "given_on": str(SINCE), "last_day": "2027-05-31", "language": "id",
        "witness_role": "family",
    })  # fmt: skip
    with world.everywhere():
        consent = Consent.objects.get()
    proposed = officer.post(f"/desk/listings/{slug}/publicity/{consent.pk}/mention/",
                            {"label": LABEL, "label_en": "", "photo": ""})  # fmt: skip
    waiting = head.get("/desk/").content.decode()
    with world.everywhere():
        (pk,) = consent.mentions.values_list("pk", flat=True)
    approved = head.post(f"{page}{pk}/approval/")

    assert {said.status_code, proposed.status_code, approved.status_code} == {302}
    assert "Usulan sebutan" in waiting
    assert LABEL in officer.get(page).content.decode()
    assert LABEL in officer.get(f"/produk/{slug}/").content.decode()
    gone = officer.post(f"/desk/listings/{slug}/publicity/{consent.pk}/withdrawal/")
    assert gone.status_code == 302
    assert LABEL not in officer.get(f"/produk/{slug}/").content.decode()
    refused = officer.post(
        f"/desk/wbp/{world.people['cendana'].code}/clean-page/", {"asked_on": str(clock.today())}
    )
    assert refused.status_code == 409
    assert "clean_page_inside" in refused.content.decode()


def test_label_that_points_to_the_person_is_told_on_the_form(world: World, shop: Shop) -> None:
    consent = show(shop)
    url = f"/desk/listings/{shop.listing.slug}/publicity/{consent.pk}/mention/"

    answer = world.client().post(url, {"label": "Cendana", "label_en": "", "photo": ""})

    assert answer.status_code == 409
    assert "mention_label_personal" in answer.content.decode()
    with world.everywhere():
        assert Listing.objects.get(pk=shop.listing.pk).mentions.count() == 1


def test_proposer_who_is_head_too_does_not_decide(world: World, shop: Shop) -> None:
    consent = show(shop, "card")
    mention = propose(shop, consent)
    page = reverse("catalog:mentions", args=[shop.listing.slug])

    answer = world.client("outside_head").post(f"{page}{mention.pk}/approval/")

    assert answer.status_code == 404


def test_hold_and_cover_by_their_pages(world: World) -> None:
    officer, head = world.client(), world.client("head")
    stop = {"valid_from": str(TODAY - timedelta(days=2)), "reason": "jatuh dari tangga"}
    held = officer.post(work(world, "holds/"), stop)
    with world.everywhere():
        hold = SafetyHold.objects.get()
    today = head.get("/desk/").content.decode()
    lift = {"works_from": str(clock.today()), "note": "sudah pulih"}
    lifted = head.post(work(world, f"holds/{hold.pk}/lifting/"), lift)
    cover = {"scheme": "bpjs_jkk", "policy_no": "JKK-1", "valid_from": str(SINCE), "person": "",
             "last_day": ""}  # fmt: skip
    insured = officer.post("/desk/insurances/new/", cover)

    assert {held.status_code, lifted.status_code, insured.status_code} == {302}
    assert "Cendana dihentikan kerjanya" in today
    assert "sudah pulih" in officer.get(work(world)).content.decode()
    assert "JKK-1" in officer.get("/desk/insurances/").content.decode()


def test_national_office_brings_a_text_and_others_only_read(world: World) -> None:
    day = str(clock.today() + timedelta(days=3))
    data = {"purpose": "work", "version": "2027-1", "in_force_from": day,
            "body_id": "# Judul\n\nKata.", "body_en": "# Head\n\nWord.",
            "body_local": ""}  # fmt: skip

    refused = world.client("head").post("/desk/consent-texts/new/", data)
    made = world.client("national").post("/desk/consent-texts/new/", data)

    assert refused.status_code == 403
    assert made.status_code == 302
    row = ConsentText.objects.get(version="2027-1", language="id")
    assert "<h2>Judul</h2>" in world.client().get(f"/desk/consent-texts/{row.pk}/").content.decode()


def test_outsider_finds_none_of_it(world: World, shop: Shop) -> None:
    consent = show(shop)
    client = world.client("outsider")

    for path in (
        work(world), work(world, "publicity/"), work(world, "holds/"),
        reverse("catalog:mentions", args=[shop.listing.slug]),
        f"/desk/listings/{shop.listing.slug}/publicity/{consent.pk}/withdrawal/",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path
    for path in ("/desk/consents/", "/desk/mentions/", "/desk/"):
        text = client.get(path).content.decode()
        assert "Cendana" not in text
        assert LABEL not in text
