"""Consultants, accounts and stages for tests, made the way the product makes them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from rest_framework.test import APIClient

from accounts.models import Account, User
from accounts.services import account_create
from accounts.tokens import CONSULTANT, token_pair
from stages.models import Stage


def make_consultant(**fields: Any) -> User:
    fields.setdefault("email", f"{uuid4().hex[:10]}@agency.example")
    fields.setdefault("full_name", "Clara Consultant")
    return User.objects.create_user(**fields)


def make_account(user: User | None = None, **fields: Any) -> Account:
    fields.setdefault("client_name", "Norte Software")
    return account_create(user=user or make_consultant(), **fields)


def client_of(user: User) -> APIClient:
    return APIClient(headers={"Authorization": f"Bearer {token_pair(user, CONSULTANT)['access_token']}"})


def stage_of(account: Account, number: int) -> Stage:
    return account.stages.get(number=number)


def say(client: APIClient, stage: Stage, text: str, **headers: str):
    """One chat message."""
    body = {
        "account_id": str(stage.account_id),
        "stage_id": str(stage.pk),
        "stage_number": stage.number,
        "user_message": text,
    }
    return client.post(
        "/api/agents/chat", body, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def complete_by_examples(client: APIClient, stage: Stage, *, most: int = 80) -> list[dict]:
    """Answer whatever is asked with its example until the stage is completed; every answer on the way."""
    answers = []
    url = f"/api/stages/{stage.pk}"
    client.post(f"{url}/start")
    for _ in range(most):
        detail = client.get(url).json()
        if detail["status"] == "completed":
            return answers
        question = next(q for q in detail["questions"] if q["key"] == detail["current_question"])
        answer = say(client, stage, question["example"])
        assert answer.status_code == 200, answer.json()
        answers.append(answer.json())
    raise AssertionError(f"stage {stage.number} was not completed in {most} messages")
