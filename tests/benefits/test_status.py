"""The status that the database gives is the one that the arithmetic gives."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from benefits import words
from benefits.arithmetic import Status, Way
from benefits.models import BenefitShare
from tests import make, make_benefits


class TheStatusOfAList(TestCase):
    """Lists ask the database, pages ask the arithmetic; they agree for every way and value."""

    @settings(max_examples=40, deadline=None)
    @given(st.integers(-50, 50), st.integers(-50, 50), st.integers(-60, 60) | st.none(), st.booleans())
    def test_equals_that_of_the_arithmetic(self, baseline: int, target: int, value: int | None, is_lenient: bool):
        if baseline == target:
            return
        enough = target - (1 if target > baseline else -1) if is_lenient and abs(target - baseline) > 1 else None
        share = make_benefits.share(make.organisation("4203"), baseline=baseline, target=target, good_enough=enough)
        if value is not None:
            make_benefits.measurement(share, value)
        expected = Way(*(None if one is None else Decimal(one) for one in (baseline, target, enough))).status(
            None if value is None else Decimal(value)
        )
        assert BenefitShare.objects.standing().get().standing == expected


def test_a_share_without_a_baseline_is_not_measured_whatever_was_registered(arendal):
    share = make_benefits.share(arendal, baseline=None, good_enough=None)
    make_benefits.measurement(share, 40)
    standing = BenefitShare.objects.standing().get()
    assert (standing.standing, words.missing(standing)) == (
        Status.NOT_MEASURED,
        words._("The baseline is not measured."),
    )
