"""The demo's stories: complete in both languages, and without a person."""

import re
from binascii import crc_hqx

from berdaya.catalog.demo import stories
from berdaya.goods.demo import shelf
from berdaya.institutions.demo import static_payload


def test_every_story_is_of_goods_on_the_shelf_and_in_both_languages() -> None:
    sizes = {line.name: len(line.sizes) for line in shelf()}

    told = stories()

    assert set(told) <= set(sizes)
    for name, story in told.items():
        assert len(story.weights) == sizes[name], name
        assert min(story.weights) > 0
        assert len(story.words["story"].split(". ")) >= 2, name
        assert story.words["story_en"], name
        assert bool(story.words["care"]) == bool(story.words["care_en"]), name
        assert max(len(one) for one in story.words.values()) <= 400


def test_no_story_names_a_person_or_a_crime() -> None:
    banned = r"napi|narapidana|warga binaan|penjara|prison|inmate|convict|hukuman|kejahatan|crime"

    for story in stories().values():
        assert not re.search(banned, " ".join(story.words.values()), re.I)


def test_demo_payees_carry_a_payload_with_a_sound_checksum() -> None:
    text = static_payload("ID0000000000012", "KOPERASI CONTOH RUTAN KUP", "Kupang", 12)

    assert text.startswith("000201010211266600")
    assert "5303360" in text
    assert "5802ID" in text
    assert text[-4:] == f"{crc_hqx(text[:-4].encode(), 0xFFFF):04X}"
    assert len(text) < 300
