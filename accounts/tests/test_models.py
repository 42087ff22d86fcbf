"""Rules about people that the database keeps."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User

pytestmark = pytest.mark.django_db


def test_user_names_and_emails_are_unique_without_case():
    User.objects.create_user(username="Ana", email="ana@example.com")
    for fields in ({"username": "ANA"}, {"email": "ANA@Example.com"}):
        with pytest.raises(ValidationError):
            User.objects.create_user(**fields)
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(**fields)


def test_each_name_is_optional_but_one_is_needed():
    User.objects.create_user(username="only-a-name")
    User.objects.create_user(username="another-name")
    User.objects.create_user(email="only@example.com")
    with pytest.raises(ValidationError):
        User.objects.create_user(full_name="Nobody")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(full_name="Nobody")


def test_a_person_is_found_by_either_name_and_a_user_name_wins():
    by_name = User.objects.create_user(username="ana@example.com")
    by_mail = User.objects.create_user(email="ana@example.com", username="ana")
    assert User.objects.get_by_natural_key("ANA@example.com") == by_name
    assert User.objects.get_by_natural_key("Ana") == by_mail
    with pytest.raises(User.DoesNotExist):
        User.objects.get_by_natural_key("")
