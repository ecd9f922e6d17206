"""May it happen, and if not, why: every refusal has a code, a sentence and a next step."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, ClassVar

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Reason:
    """Why something may not happen, and what to do about it.

    `sentence` and `next_step` are lazy, so they speak the reader's language, not the language in
    which the rule was asked. Two reasons are equal when code, parameters and address are. The
    parameters stay out of `repr`: they may describe a person, and a repr ends up in logs.
    `forbids`: who asks stands in the way, not how things are; another may do it as it is.
    """

    # A template would otherwise call the reason and lose its parameters.
    do_not_call_in_templates: ClassVar[bool] = True

    code: str
    sentence: Text = field(compare=False, repr=False)
    next_step: Text = field(compare=False, repr=False)
    next_url: Text = ""
    params: Mapping[str, Any] = field(default_factory=dict, hash=False, repr=False)
    forbids: bool = field(default=False, compare=False, repr=False)

    def __call__(self, *, next_url: str | None = None, **params: Any) -> "Reason":
        """This reason in one case: with its parameters and perhaps the page of the next step."""
        url = self.next_url if next_url is None else next_url
        return replace(self, params={**self.params, **params}, next_url=url)

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The sentence in the active language; KeyError if a parameter was not given."""
        return self._fill(self.sentence)

    @property
    def next_text(self) -> str:
        """The next step in the active language; KeyError if a parameter was not given."""
        return self._fill(self.next_step)

    def as_dict(self) -> dict[str, str]:
        """For JSON, in the active language."""
        return {
            "code": self.code,
            "sentence": self.text,
            "next_step": self.next_text,
            "next_url": str(self.next_url),
        }

    def _fill(self, text: Text) -> str:
        words = str(text)
        return words % self.params if self.params or "%(" in words else words


_declared: dict[str, Reason] = {}


def declare_reason(
    code: str, sentence: Text, *, next_step: Text, next_url: Text = "", forbids: bool = False
) -> Reason:
    """Register a reason once for the whole program; ValueError for a second one with its code."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", code):
        raise ValueError(f"a reason's code is lower case words joined by _: {code!r}")
    if code in _declared:
        raise ValueError(f"reason declared twice: {code}")
    _declared[code] = Reason(code, sentence, next_step, next_url, forbids=forbids)
    return _declared[code]


def declared_reasons() -> Mapping[str, Reason]:
    """Every reason declared so far, by code; the words of all refusals can be read here."""
    return MappingProxyType(_declared)


@dataclass(frozen=True)
class Verdict:
    """The answer of a rule: allowed, or all the reasons why not."""

    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        # Rules pass generators and lists; the same reason found twice is told once.
        unique: list[Reason] = []
        for reason in self.reasons:
            if reason not in unique:
                unique.append(reason)
        object.__setattr__(self, "reasons", tuple(unique))

    @property
    def ok(self) -> bool:
        """True when nothing stands against it."""
        return not self.reasons

    @property
    def first(self) -> Reason | None:
        """The reason to show where there is room for one."""
        return self.reasons[0] if self.reasons else None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all reasons, in order."""
        return tuple(reason.code for reason in self.reasons)

    @property
    def status(self) -> int:
        """What a page answers that shows these reasons: 403 for who asks, else 409."""
        return 403 if any(reason.forbids for reason in self.reasons) else 409

    def __bool__(self) -> bool:
        return self.ok

    def __add__(self, other: "Verdict | Reason") -> "Verdict":
        if isinstance(other, Reason):
            return Verdict((*self.reasons, other))
        if isinstance(other, Verdict):
            return Verdict(self.reasons + other.reasons)
        return NotImplemented

    def as_dict(self) -> dict[str, Any]:
        """For JSON, in the active language."""
        return {"ok": self.ok, "reasons": [reason.as_dict() for reason in self.reasons]}


ALLOWED = Verdict()


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """One verdict with the reasons of all."""
    return Verdict(tuple(reason for verdict in verdicts for reason in verdict.reasons))


class Refused(Exception):
    """An action was refused; its text names codes only, because exceptions end up in logs."""

    def __init__(self, verdict: Verdict | Reason) -> None:
        self.verdict = verdict if isinstance(verdict, Verdict) else Verdict((verdict,))
        if self.verdict.ok:
            raise ValueError("nothing was refused")
        super().__init__(", ".join(self.verdict.codes))

    def __reduce__(self) -> tuple[type["Refused"], tuple[Verdict]]:
        return Refused, (self.verdict,)


def require(verdict: Verdict) -> None:
    """Raise Refused unless the verdict is ok."""
    if not verdict.ok:
        raise Refused(verdict)
