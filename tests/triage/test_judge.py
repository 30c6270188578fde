"""From evidence to verdict."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.detect.registry import rules
from pipeline.records import AXES, Detection, Evidence
from pipeline.triage import Policy
from pipeline.triage.judge import examples

RULES = rules()
POLICY = Policy({}, RULES)


def seen(name: str, times: int = 1, strength: float = 1.0) -> tuple[Evidence, ...]:
    """Evidence of one rule."""
    rule = next(rule for rule in RULES if rule.name == name)
    return tuple(rule.evidence(f"quote {n}", "message", strength) for n in range(times))


def judge(*evidence: Evidence, words: float = 1000.0):  # type: ignore[no-untyped-def]
    """The judgement on a page of so many words."""
    return POLICY.judge(Detection(evidence=evidence, signals={"words": words}))


def test_nothing_seen_is_a_pass() -> None:
    """No evidence: risk 0, pass, no reasons."""
    judgement = judge()
    assert (judgement.verdict, judgement.risk, judgement.reasons) == ("pass", 0.0, ())


def test_one_odd_phrase_never_flags_a_page() -> None:
    """Density must: one tortured phrase passes, on a short page too; a dozen in 1,000 words are held."""
    for words in (60.0, 300.0, 1000.0):
        assert judge(*seen("tortured-phrase"), words=words).verdict == "pass"
    assert judge(*seen("tortured-phrase", 12)).verdict == "hold"


def test_unsourced_truisms_never_hold_a_page() -> None:
    """However many plain unsupported claims there are, their group's cap keeps the page from being held on a truism."""
    plain = seen("unsupported-prevalence", 30, 0.1)
    assert judge(*plain).verdict == "pass"


def test_quality_alone_never_flags() -> None:
    """Hard to read and thin is advice, not an accusation."""
    assert judge(*seen("hard-to-read"), *seen("thin-content")).verdict == "pass"


def test_findings_together_weigh_more_than_apart() -> None:
    """A composite adds to the axis."""
    apart = judge(*seen("title-template")).scores.links, judge(*seen("orphan-anchor")).scores.links
    both = judge(*seen("title-template"), *seen("orphan-anchor")).scores.links
    assert both > max(apart)
    assert both > 1 - (1 - apart[0]) * (1 - apart[1])


def test_a_signal_ranks_and_does_not_flag() -> None:
    """The page's probability of being spun moves its spin score up, never to a review by itself."""
    low, high = (POLICY.judge(Detection(signals={"words": 800.0, "spin.probability": value})) for value in (0.1, 1.0))
    assert low.scores.spin < high.scores.spin
    assert high.verdict == "pass"


def test_reasons_are_sentences_with_examples() -> None:
    """A flagged page has reasons, weightiest first, each a sentence that quotes the strongest findings."""
    judgement = judge(*seen("tortured-phrase", 12), *seen("title-template"))
    assert judgement.reasons[0].startswith("Some expressions are not used in health writing")
    assert "“quote 0”" in judgement.reasons[0]
    assert all(reason[0].isupper() and reason.endswith(".") for reason in judgement.reasons)


def test_examples_are_few_different_and_short() -> None:
    """At most three, none twice, none long."""
    rule = RULES[0]
    quotes = ["a", "a", "b " * 200, "c", "d"]
    said = examples([rule.evidence(quote, "m", 1.0) for quote in quotes])
    assert said.count("“") == 3
    assert said.count("“a”") == 1
    assert len(said) < 200


@given(st.lists(st.tuples(st.sampled_from(RULES), st.floats(0, 1)), max_size=60), st.floats(0, 5000))
def test_scores_stay_in_bounds_and_grow_with_evidence(found: list[tuple[object, float]], words: float) -> None:
    """Scores and risk are in [0, 1], and more evidence never lowers any of them."""
    evidence = tuple(rule.evidence("q", "m", strength) for rule, strength in found)  # type: ignore[attr-defined]
    judgement = judge(*evidence, words=words)
    less = judge(*evidence[:-1], words=words)
    assert 0 <= less.risk <= judgement.risk <= 1
    for axis in AXES:
        assert 0 <= getattr(less.scores, axis) <= getattr(judgement.scores, axis) <= 1
    assert (judgement.verdict == "pass") == (judgement.reasons == ())
