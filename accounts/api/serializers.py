"""Bodies of the endpoints about people and accounts."""

from __future__ import annotations

from rest_framework import serializers

from accounts.models import Account, User
from agents.conf import settings as agent_settings
from agents.errors import UnknownModel
from agents.providers import registry


class SupervisorLoginSerializer(serializers.Serializer):
    """The OAuth2 password form."""

    username = serializers.CharField(max_length=254)
    password = serializers.CharField(max_length=1024, trim_whitespace=False, style={"input_type": "password"})


class TokenPairSerializer(serializers.Serializer):
    """A new pair of tokens."""

    access_token = serializers.CharField()
    refresh_token = serializers.CharField()
    token_type = serializers.ChoiceField(choices=["bearer"])


class UserSerializer(serializers.ModelSerializer):
    """A consultant, as they see themselves."""

    class Meta:
        model = User
        fields = ("id", "email", "full_name", "created_at")
        read_only_fields = fields


class SessionSerializer(TokenPairSerializer):
    """A new pair of tokens, and whose they are."""

    user = UserSerializer()


class RegistrationSerializer(serializers.Serializer):
    """Somebody who wants to become a consultant here."""

    email = serializers.EmailField(max_length=254)
    full_name = serializers.CharField(max_length=255)
    password = serializers.CharField(min_length=8, max_length=1024, trim_whitespace=False)


class ConsultantLoginSerializer(serializers.Serializer):
    """A consultant's e-mail and password."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=1024, trim_whitespace=False)


class RefreshSerializer(serializers.Serializer):
    """A refresh token."""

    refresh_token = serializers.CharField(max_length=4096)


def validate_model(model_id: str) -> str:
    """A configured model's id; the refusal names the choices."""
    try:
        registry.check_model_id(model_id)
    except UnknownModel as error:
        raise serializers.ValidationError(str(error), code="unknown_model") from error
    return model_id


class AiModelSerializer(serializers.Serializer):
    """The model an account's agents use."""

    ai_model = serializers.CharField(max_length=100, validators=[validate_model])


class StageSummarySerializer(serializers.Serializer):
    """A stage in an account's detail."""

    id = serializers.UUIDField()
    stage_number = serializers.IntegerField(source="number")
    status = serializers.CharField()
    progress = serializers.IntegerField()


class AccountSerializer(serializers.ModelSerializer):
    """An account."""

    user_id = serializers.UUIDField(read_only=True)
    company_website = serializers.URLField(max_length=500, required=False, allow_blank=True, allow_null=True)
    ai_model = serializers.CharField(max_length=100, required=False, allow_null=True, validators=[validate_model])
    language = serializers.ChoiceField(choices=Account.Language.choices, required=False, allow_null=True)

    class Meta:
        model = Account
        fields = (
            "id", "user_id", "client_name", "company_website", "ai_model", "language", "timezone", "currency",
            "created_at", "updated_at",
        )  # fmt: skip
        read_only_fields = ("id", "user_id", "created_at", "updated_at")

    def validate_company_website(self, value: str | None) -> str:
        if value and not value.lower().startswith(("http://", "https://")):
            raise serializers.ValidationError("Enter an http or https address.", code="invalid")
        return value or ""

    def validate_ai_model(self, value: str | None) -> str:
        return value or ""

    def validate_language(self, value: str | None) -> str:
        return value or Account.Language.SPANISH

    def to_representation(self, account: Account) -> dict:
        shown = super().to_representation(account)
        shown["company_website"] = shown["company_website"] or None
        shown["ai_model"] = account.ai_model or agent_settings().default_model
        return shown


class AccountRowSerializer(AccountSerializer):
    """An account in a list."""

    completed_stages = serializers.IntegerField(read_only=True)
    total_stages = serializers.IntegerField(read_only=True)
    last_activity = serializers.DateTimeField(read_only=True)

    class Meta(AccountSerializer.Meta):
        fields = (*AccountSerializer.Meta.fields, "completed_stages", "total_stages", "last_activity")


class AccountDetailSerializer(AccountRowSerializer):
    """An account with its stages."""

    stages = StageSummarySerializer(many=True, read_only=True)

    class Meta(AccountRowSerializer.Meta):
        fields = (*AccountRowSerializer.Meta.fields, "stages")


class AccountQuerySerializer(serializers.Serializer):
    """Filters of the list of accounts."""

    search = serializers.CharField(required=False, allow_blank=True, max_length=200)
    sort_by = serializers.ChoiceField(choices=["created_at", "last_activity", "progress"], default="last_activity")
    order = serializers.ChoiceField(choices=["asc", "desc"], default="desc")


class ModelChoiceSerializer(serializers.Serializer):
    """A model that can be chosen."""

    id = serializers.CharField()
    provider = serializers.CharField()
    has_key = serializers.BooleanField()
    is_default = serializers.BooleanField()
