import pytest
from django.db import IntegrityError, transaction

from agents import errors
from agents.models import Outcome
from agents.tests.factories import model_call


def kinds(error):
    return {error, *(deeper for kind in error.__subclasses__() for deeper in kinds(kind))}


def test_every_failure_of_a_provider_has_its_outcome():
    # Without time there is no request, hence no row.
    codes = {kind.code for kind in kinds(errors.ProviderError)} - {errors.DeadlineExceeded.code}
    assert codes == set(Outcome.values) - {Outcome.OK}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "splendid"},
        {"cached_tokens": 101},
        {"reasoning_tokens": 11},
        {"subject_kind": "run"},
        {"subject_id": "00000000-0000-0000-0000-000000000001"},
    ],
)
def test_the_database_refuses_rows_that_make_no_sense(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        model_call(**fields)
