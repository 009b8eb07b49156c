"""Why, and why not: a sentence for every reason and every kind, in words that blame nobody."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from attachment_app.delivery import decide, reasons
from attachment_app.delivery.decide import Reason, Verdict
from attachment_app.delivery.models import Kind, Occurrence
from guidance import prose

AT = datetime(2026, 11, 24, 21, 52, tzinfo=UTC)
# What the sender and the sweeper write beside the rules' own (leasing.py, departing.py, sender.py).
OTHERS = [("hold", "channel"), ("unknown", "cut_off")]
SENT = {Reason.DUE, Reason.CLOSING}
EVERY = [(kind, "send" if reason in SENT else "drop", reason) for kind in Kind for reason in Reason]
EVERY += [(kind, verdict, reason) for kind in Kind for verdict, reason in OTHERS]


def test_it_works() -> None:
    assert reasons.sentence(Kind.GENTLE, "drop", Reason.QUIET, AT) == (
        "Not sent at 21:52 on Tuesday 24 November, because your quiet hours had begun."
    )


@pytest.mark.parametrize(("kind", "verdict", "reason"), EVERY)
def test_each_reason_of_each_kind_has_a_sentence(kind: str, verdict: str, reason: str) -> None:
    said = reasons.sentence(kind, verdict, reason, AT)
    assert "21:52 on Tuesday 24 November" in said and said.endswith(".") and "%" not in said
    assert not list(prose.complaints(said.replace("21:52 on Tuesday 24 November, ", ""))), said
    assert "because because" not in said and ".." not in said


def test_the_reasons_are_all_of_them() -> None:
    assert set(reasons.BECAUSE) == {*Reason, "channel", "cut_off"}
    assert set(reasons.ASKED) == set(Kind)
    assert all("" in words for words in reasons.BECAUSE.values())
    assert set(reasons.CHANGES) <= set(Reason)
    assert {*Verdict, "unknown"} == set(reasons.VERDICTS)


@pytest.mark.parametrize("words", [*map(str, reasons.ASKED.values())])
def test_why_a_kind_is_there_is_kindly_said(words: str) -> None:
    assert not list(prose.complaints(words))


def test_the_numbers_in_the_sentences_are_those_of_the_rules() -> None:
    """A number that changes in decide.py asks for another sentence here."""
    hours = [decide.SPACING, decide.LATE, decide.RECEPTIVE_AFTER]
    assert [one.total_seconds() / 60 for one in hours] == [240, 60, 30]
    assert (decide.GENTLE_A_DAY, decide.ALL_A_DAY, decide.ALL_A_WEEK) == (1, 2, 7)
    assert (decide.UNANSWERED_STOP, decide.IDLE.days, decide.GONE.days, decide.VARIETY.days) == (5, 10, 30, 14)
    rules = decide.RULES
    assert (rules[Kind.OFFER].a_day, rules[Kind.OFFER].apart.total_seconds() / 3600) == (2, 3)
    assert (rules[Kind.CHECK].a_day, rules[Kind.REST].apart.days, rules[Kind.CARE].apart.days) == (1, 3, 14)


def test_times_are_those_of_the_person() -> None:
    with timezone.override("Asia/Kolkata"):
        assert "03:22 on Wednesday 25 November" in reasons.sentence(Kind.GENTLE, "send", Reason.DUE, AT)


def test_all_that_was_decided_in_order() -> None:
    decisions = [[AT.isoformat(), "hold", "active"], [AT.isoformat(), "send", "due"]]
    told = reasons.told(Occurrence(kind=Kind.GENTLE, decisions=decisions))
    assert [one.words.split(" at ")[0] for one in told] == ["Held back", "Sent"]
    assert [one.change for one in told] == ["", ""]
    paused = Occurrence(kind=Kind.GENTLE, decisions=[[AT.isoformat(), "drop", "paused"]])
    assert reasons.told(paused)[0].change == "pause"


def test_how_it_left() -> None:
    one = Occurrence(kind=Kind.GENTLE, channels={"push": "sent", "email": "refused 550", "pigeon": "lost"})
    assert reasons.how_it_went(one) == [
        "Push: it went out.",
        "E-mail: it was refused.",
        "pigeon: it may have gone out; we do not know.",
    ]
    assert reasons.how_it_went(Occurrence(channels={})) == []
