"""Every refusal says why in the reader's language, with a stable code and a next step."""

import json
import pickle
from collections.abc import Iterator

import pytest
from django.template import Context, Engine
from django.utils import translation
from django.utils.functional import lazy

from berdaya.core import verdicts
from berdaya.core.verdicts import (
    ALLOWED,
    Reason,
    Refused,
    Verdict,
    combine,
    declare_reason,
    require,
)


def both(indonesian: str, english: str) -> object:
    """Words that follow the active language, without a catalogue."""
    return lazy(lambda: english if translation.get_language() == "en" else indonesian, str)()


@pytest.fixture(autouse=True)
def own_register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(verdicts, "_declared", {})
    with translation.override("id"):
        yield


@pytest.fixture
def missing() -> Reason:
    return declare_reason(
        "consent_missing",
        both("%(work_number)s belum setuju.", "%(work_number)s has not consented."),
        next_step=both("Catat persetujuan.", "Record the consent."),
    )


@pytest.fixture
def unfit() -> Reason:
    return declare_reason("unfit", "Belum sehat 100%.", next_step="Minta surat.", next_url="/f/")


def test_reason_speaks_the_readers_language(missing: Reason) -> None:
    bound = missing(work_number="K-017")

    assert (bound.text, bound.next_text) == ("K-017 belum setuju.", "Catat persetujuan.")
    with translation.override("en"):
        assert (bound.text, bound.next_text) == ("K-017 has not consented.", "Record the consent.")


def test_reason_without_its_parameter_is_an_error(missing: Reason) -> None:
    with pytest.raises(KeyError):
        _ = missing.text


def test_reason_without_parameters_may_say_percent(unfit: Reason) -> None:
    assert unfit.text == "Belum sehat 100%."


def test_reason_bound_with_address_keeps_or_replaces_it(unfit: Reason) -> None:
    assert unfit().next_url == "/f/"
    assert unfit(next_url="/f/7/").next_url == "/f/7/"


def test_reason_in_a_template_keeps_its_parameters(missing: Reason) -> None:
    page = Engine().from_string("{% for reason in v.reasons %}{{ reason.text }}{% endfor %}")

    html = page.render(Context({"v": Verdict((missing(work_number="K-017"),))}))

    assert html == "K-017 belum setuju."


@pytest.mark.parametrize("code", ["consent_missing", "Consent", "", "a b"])
def test_declare_reason_twice_or_misspelt_is_refused(missing: Reason, code: str) -> None:
    with pytest.raises(ValueError):
        declare_reason(code, "x", next_step="y")

    assert list(verdicts.declared_reasons()) == ["consent_missing"]


def test_verdict_without_reasons_is_allowed() -> None:
    assert ALLOWED
    assert ALLOWED.ok
    assert ALLOWED.first is None
    assert Verdict() == ALLOWED


def test_verdicts_add_up_and_tell_the_same_thing_once(missing: Reason, unfit: Reason) -> None:
    one, other = missing(work_number="K-017"), missing(work_number="K-018")

    verdict = ALLOWED + Verdict([one]) + Verdict((one, other)) + unfit

    assert not verdict
    assert verdict.reasons == (one, other, unfit)
    assert verdict.first == one
    assert verdict.codes == ("consent_missing", "consent_missing", "unfit")
    assert combine([ALLOWED, Verdict((one,)), Verdict((unfit,))]).reasons == (one, unfit)


def test_verdict_as_json_follows_the_language(missing: Reason) -> None:
    verdict = Verdict((missing(work_number="K-017", next_url="/c/"),))

    with translation.override("en"):
        told = json.loads(json.dumps(verdict.as_dict()))

    assert told == {
        "ok": False,
        "reasons": [
            {
                "code": "consent_missing",
                "sentence": "K-017 has not consented.",
                "next_step": "Record the consent.",
                "next_url": "/c/",
            }
        ],
    }


def test_require_raises_only_for_a_refusal(unfit: Reason) -> None:
    require(ALLOWED)

    with pytest.raises(Refused) as caught:
        require(Verdict((unfit,)))

    assert caught.value.verdict.reasons == (unfit,)


def test_refused_text_and_repr_name_no_person(missing: Reason) -> None:
    refused = Refused(missing(work_number="K-017"))

    assert str(refused) == "consent_missing"
    assert "K-017" not in f"{refused!r} {refused.verdict!r} {refused.args!r}"


def test_refused_without_reason_is_an_error() -> None:
    with pytest.raises(ValueError):
        Refused(ALLOWED)


def test_verdict_can_be_a_key_and_a_refusal_travels(unfit: Reason) -> None:
    assert len({Verdict((unfit,)), Verdict((unfit(),))}) == 1
    assert pickle.loads(pickle.dumps(Refused(unfit))).verdict.codes == ("unfit",)
