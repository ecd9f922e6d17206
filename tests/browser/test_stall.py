"""A seller's first hour at a festival, by touch on a small phone: open, sell, bargain, close."""

import io
import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from berdaya.ledger import chart
from berdaya.till.actions.blocks import hand_block
from berdaya.till.models import CashHandover, HandOut, HandOutLine, StallSale
from tests.browser.desk import PICTURES, served, started
from tests.proceeds.scene import broken_checks
from tests.till.stall_scene import PAYLOAD, Fair, balance, open_fair
from tests.world import PASSWORD, codes_of, make_world

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
VECTORS = Path(__file__).parent.parent / "till" / "cash_vectors.json"
TALL_ENOUGH = 47.5


@pytest.fixture
def fair(real_db: str) -> Fair:
    world = make_world()
    with world.everywhere():
        fair = open_fair(world)
        on_the_way(fair.lines[1])
    with world.everywhere() as scope:
        hand_block(by=scope.actor, stall=fair.stall, series="A", first_no=1, last_no=50)
    return fair


def on_the_way(line: HandOutLine) -> None:
    """The other unit's goods left its gate and nobody at the stall counted them yet."""
    HandOutLine.objects.filter(pk=line.pk).update(received_qty=None)
    HandOut.objects.filter(pk=line.hand_out_id).update(received_at=None, document=None)


class Phone:
    """A phone in a seller's hand; `taps` counts what the finger did."""

    def __init__(self, browser: Browser, host: str) -> None:
        self.host, self.taps, self.seen = host, 0, 0
        self.troubles: list[str] = []
        context = browser.new_context(
            viewport=PHONE, has_touch=True, is_mobile=True, locale="id-ID", reduced_motion="reduce"
        )  # type: ignore[arg-type]
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))

    def sign_in(self, login: str) -> None:
        page = self.page
        page.goto(f"{self.host}/masuk/")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url("**/masuk/faktor/")
        page.fill("[name=proof_typed]", codes_of(login)[0])
        page.keyboard.press("Enter")
        page.wait_for_url("**/desk/**")

    def tap(self, words: str | re.Pattern[str], role: str = "button") -> None:
        self.taps += 1
        self.page.locator("main").get_by_role(role, name=words).first.tap()  # type: ignore[arg-type]

    def tile(self, words: str) -> None:
        self.page.get_by_role("button", name=re.compile(f"^{words}, Rp")).tap()

    def look(self, name: str) -> None:
        """Nothing wider than the screen, targets large enough, axe clean; a picture to look at."""
        self.seen += 1
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        if wide > PHONE["width"]:
            self.troubles.append(f"{name}: {wide} wide")
        for one in Axe().run(self.page).response["violations"]:
            self.troubles.append(f"{name}: {one['id']} {one['nodes'][0]['html'][:140]}")
        if PICTURES:
            file = Path(PICTURES) / f"stan-{self.seen:02}-{name}.png"
            self.page.screenshot(path=file, full_page=True)

    def small_targets(self) -> list[str]:
        """What a finger presses on the stall's form and is lower or narrower than 48 px."""
        return self.page.evaluate(
            """least => [...document.querySelectorAll('.till :is(button, .till-choice, summary)')]
            .filter(one => one.checkVisibility())
            .map(one => [one.innerText || one.ariaLabel, one.getBoundingClientRect()])
            .filter(([, box]) => box.height < least || box.width < least)
            .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)""",
            TALL_ENOUGH,
        )

    def sell_cash(self, *goods: str) -> int:
        """One cash nota; how many taps it took once the goods were in the basket."""
        for words in goods:
            self.tile(words)
        self.taps = 0
        self.tap(re.compile("^Bayar"))
        self.taps += 1
        self.page.locator(".till-choice", has_text="Tunai").tap()
        self.tap(re.compile("^Uang pas"))
        with self.page.expect_navigation():
            self.tap("Selesai")
        return self.taps

    def next_buyer(self) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("link", name="Pembeli berikutnya").tap()


def receive(phone: Phone) -> None:
    """From Hari Ini: count what the other unit handed out."""
    page = phone.page
    page.goto(f"{phone.host}/desk/")
    with page.expect_navigation():
        page.locator("main a[href*='/hand-outs/']").first.tap()
    phone.look("serah")
    with page.expect_navigation():
        phone.tap("Hitung dan terima", "link")
    page.fill("[name^=line_]", "40")
    phone.look("terima")
    with page.expect_navigation():
        phone.tap("Terima")
    phone.look("diterima")


def open_stall(phone: Phone) -> None:
    """From Hari Ini to the tiles, with the sticker's payload typed in."""
    page = phone.page
    page.goto(f"{phone.host}/desk/stall-sessions/")
    phone.look("kasir")
    phone.tap("Buka stan", "link")
    page.fill("[name=float_rp]", "200.000")
    page.get_by_label("Pindai, lalu tempel isinya").check()
    page.fill("[name=payload]", PAYLOAD)
    phone.look("buka")
    with page.expect_navigation():
        phone.tap("Buka stan")
    phone.look("barang")


def bargain(phone: Phone) -> None:
    """Three pieces for less, with the reason."""
    page = phone.page
    for _piece in range(3):
        phone.tile("Selendang 60 cm")
    phone.tap(re.compile("^Bayar"))
    page.locator(".till-row summary").tap()
    page.locator("[name^=price-]:visible").fill("90.000")
    page.locator("[name^=reason-]:visible").fill("Beli tiga")
    phone.look("tawar")
    page.locator(".till-choice", has_text="Tunai").tap()
    phone.tap(re.compile("^Rp300.000"))
    with page.expect_navigation():
        phone.tap("Selesai")


def pay_by_qris(phone: Phone) -> None:
    page = phone.page
    phone.tile("Sabun kelapa 100 g")
    phone.tap(re.compile("^Bayar"))
    page.locator(".till-choice", has_text="QRIS").tap()
    page.get_by_label("tampak di aplikasi merchant").check()
    page.fill("[name=reference]", "7781")
    phone.look("qris")
    with page.expect_navigation():
        phone.tap("Selesai QRIS")


def key_in_paper(phone: Phone) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 90), "white").save(out, "JPEG")
    page = phone.page
    page.get_by_role("link", name="Catat nota kertas").tap()
    page.fill("[name=series]", "A")
    page.fill("[name=number]", "1")
    page.set_input_files(
        "[name=photo]", {"name": "foto.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    )
    phone.tile("Selendang 60 cm")
    phone.look("kertas")
    assert phone.small_targets() == []
    phone.tap(re.compile("^Bayar"))
    page.locator(".till-choice", has_text="Tunai").tap()
    with page.expect_navigation():
        phone.tap("Selesai")
    phone.look("nota-kertas")


def close(phone: Phone) -> None:
    """Count exactly what the page says was taken, in small money."""
    page = phone.page
    phone.next_buyer()
    phone.tap("Kas hari ini", "link")
    page.wait_for_url(re.compile(r"/stall-sessions/[^/]+/$"))
    phone.look("kas")
    told = page.locator("dt:has-text('Tunai diterima') + dd").inner_text()
    drawer = 200_000 + int(re.sub(r"[^0-9]", "", told))
    phone.tap("Tutup kas", "link")
    page.fill("[name=n1000]", str(drawer // 1_000))
    page.fill("[name=n500]", str(drawer % 1_000 // 500))
    phone.look("hitung")
    with page.expect_navigation():
        phone.tap("Tutup kas")
    phone.look("ditutup")


def test_a_first_hour_by_touch(fair: Fair) -> None:
    world = fair.world
    world.give_card("seller")
    with served() as address, sync_playwright() as playwright:
        phone = Phone(started(playwright), address.replace("127.0.0.1", "localhost"))
        phone.sign_in("seller")
        receive(phone)
        open_stall(phone)
        assert phone.small_targets() == []
        phone.tile("Selendang 60 cm")
        phone.tile("Selendang 60 cm")
        phone.tile("Sabun kelapa 100 g")
        phone.look("keranjang")
        phone.tap(re.compile("^Bayar"))
        phone.look("bayar")
        assert phone.small_targets() == []
        phone.page.locator(".till-choice", has_text="Tunai").tap()
        phone.tap(re.compile("^Rp250.000"))
        phone.look("tunai")
        assert phone.small_targets() == []
        with phone.page.expect_navigation():
            phone.tap("Selesai")
        phone.look("kembali")
        taps = []
        for turn in range(7):
            phone.next_buyer()
            goods = ["Selendang 60 cm"] + ["Sabun kelapa 100 g"] * (turn % 3)
            taps.append(phone.sell_cash(*goods))
        phone.next_buyer()
        bargain(phone)
        phone.next_buyer()
        pay_by_qris(phone)
        phone.look("nota-qris")
        phone.next_buyer()
        key_in_paper(phone)
        close(phone)

    assert phone.troubles == []
    assert max(taps) <= 4
    with world.everywhere():
        assert HandOutLine.objects.get(pk=fair.lines[1].pk).received_qty == 40
        notas = list(StallSale.objects.order_by("number"))
        assert [one.number for one in notas] == list(range(1, 12))
        cash = sum(one.received_rp for one in notas if one.method == "cash")
        handover = CashHandover.objects.get()
        assert handover.amount_rp == 200_000 + cash
        assert handover.closing.difference_rp == 0
        assert balance(fair.scene.book, chart.STALL_CASH) == 200_000 + cash
        assert broken_checks() == {}


def test_script_and_program_do_the_same_sums(fair: Fair) -> None:
    vectors = VECTORS.read_text()
    with served() as address, sync_playwright() as playwright:
        page = started(playwright).new_page()
        page.goto(f"{address}/masuk/")
        found = page.evaluate(
            """async rows => {
              const cash = await import('/static/till/js/cash.js');
              return JSON.parse(rows).map(([amount, step]) => {
                const due = cash.roundedCash(amount, step);
                return [amount, step, due, cash.likelyTenders(due), cash.changeIn(due)];
              });
            }""",
            vectors,
        )

    assert found == json.loads(vectors)
