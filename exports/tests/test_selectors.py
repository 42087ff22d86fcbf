"""What a dossier gathers, whose it may be, and what it costs."""

from zoneinfo import ZoneInfo

import pytest

from accounts.selectors import ACCENT, PRIMARY
from accounts.services import account_delete, account_update, brand_set
from accounts.tests.test_brands import picture
from booms.core.errors import NotFound
from exports import selectors
from exports.dossier import Source
from exports.tests.factories import complete, make_completed
from stages import services
from stages.models import DeliverableVersion, StageMessage
from stages.tests.factories import make_account, make_consultant, stage_of

pytestmark = pytest.mark.django_db


def dossier_of(account, **options):
    return selectors.filled(selectors.outline_of(selectors.account_of(account.pk, owner=account.user), **options))


def outline_of(account):
    return selectors.outline_of(selectors.account_of(account.pk, owner=account.user))


def say(account, number, *sources, role="assistant"):
    """A message of the stage's conversation that names sources."""
    stage = stage_of(account, number)
    position = stage.messages.count() + 1
    StageMessage.objects.create(
        stage=stage,
        round=stage.round,
        position=position,
        role=role,
        content="Found.",
        metadata={"sources": [{"title": title, "url": url, "page": page} for title, url, page in sources]},
    )


def test_a_dossier_has_the_completed_stages_in_order_and_no_others():
    account = make_completed(1, 2, language="en", client_name="Norte", company_website="https://norte.example")

    dossier = dossier_of(account)

    assert [found.stage_number for found in dossier.deliverables] == [1, 2]
    first = dossier.deliverables[0]
    assert (first.version, first.language, first.output) == (1, "en", stage_of(account, 1).versions.get().output)
    assert (dossier.client_name, dossier.agency, dossier.language) == ("Norte", "Clara Consultant", "en")
    assert (dossier.brand.name, dossier.brand.primary, dossier.brand.accent) == ("Norte", PRIMARY, ACCENT)
    assert dossier.brand.logo == b""
    assert dossier.made_on == dossier.deliverables[1].made_at.astimezone(ZoneInfo("Europe/Madrid")).date()
    assert [found.stage_number for found in dossier_of(account, numbers=[2, 7]).deliverables] == [2]


def test_what_was_reopened_or_invalidated_does_not_count_and_comes_back_as_a_new_version():
    account = make_completed(1, 2)
    services.stage_reset(user=account.user, stage_id=stage_of(account, 1).pk)
    assert outline_of(account).deliverables == ()

    complete(account, 1)

    (found,) = dossier_of(account).deliverables
    assert (found.stage_number, found.version) == (1, 2)


def test_the_brand_comes_along():
    account = make_completed(1)
    brand_set(account=account, name="Marca", primary="#112233", accent="#445566", logo=picture())

    brand = dossier_of(account).brand

    assert (brand.name, brand.primary, brand.accent) == ("Marca", "#112233", "#445566")
    assert brand.logo.startswith(b"\x89PNG")


def test_sources_are_those_of_the_conversation_that_led_to_the_deliverable_each_once():
    account = make_completed(1, 2)
    DeliverableVersion.objects.filter(stage__number=2).update(maker="model")
    page, guide = ("Study", "https://a.example/1", None), ("Guide.pdf", "", 3)
    say(account, 2, page, guide)
    say(account, 2, page, ("", "https://b.example", None), ("Bad", "javascript:alert(1)", None), ("", "", None))
    say(account, 1, page)

    first, second = dossier_of(account).deliverables

    assert first.sources == ()  # handed in: nothing of the conversation is in it
    assert second.sources == (
        Source(title="Study", url="https://a.example/1"),
        Source(title="Guide.pdf, 3", url=""),
        Source(title="https://b.example", url="https://b.example"),
        Source(title="Bad", url=""),
    )


def test_sources_of_an_earlier_round_are_left_behind():
    account = make_completed(1)
    say(account, 1, ("Old", "https://old.example", None))
    services.stage_reset(user=account.user, stage_id=stage_of(account, 1).pk)
    complete(account, 1)
    DeliverableVersion.objects.update(maker="model")
    say(account, 1, ("New", "https://new.example", None))

    assert [source.title for source in dossier_of(account).deliverables[0].sources] == ["New"]


def test_a_consultant_reads_only_what_is_theirs_and_staff_read_all():
    account, stranger = make_account(), make_consultant()
    stage = stage_of(account, 1)
    for owner in (account.user, None):
        assert selectors.account_of(account.pk, owner=owner) == account
        assert selectors.stage_of(stage.pk, owner=owner) == stage
    with pytest.raises(NotFound):
        selectors.account_of(account.pk, owner=stranger)
    with pytest.raises(NotFound):
        selectors.stage_of(stage.pk, owner=stranger)


def test_a_dossier_costs_the_same_however_much_is_in_it(django_assert_num_queries):
    account = make_completed(*range(1, 8))
    DeliverableVersion.objects.update(maker="model")
    brand_set(account=account, logo=picture())
    for number in range(1, 8):
        for _ in range(3):
            say(account, number, ("Study", "https://a.example", None))

    with django_assert_num_queries(5):
        dossier = dossier_of(account)
        assert len(dossier.deliverables) == 7 and dossier.brand.logo and dossier.agency
    stage = stage_of(account, 7)
    with django_assert_num_queries(2):
        found = selectors.stage_of(stage.pk, owner=account.user)
        outline = selectors.outline_of(found.account, numbers=[7])
    with django_assert_num_queries(3):
        assert len(selectors.filled(outline).deliverables) == 1


def test_an_accounts_own_words_come_from_the_account():
    account = account_update(account=make_completed(1), currency="USD", timezone="America/Lima")

    dossier = dossier_of(account)

    assert (dossier.currency, dossier.timezone) == ("USD", "America/Lima")


def test_an_outline_holds_nothing_that_takes_room():
    account = make_completed(1)
    brand_set(account=account, logo=picture())

    outline = outline_of(account)

    assert (outline.deliverables[0].output, outline.deliverables[0].sources) == ({}, ())
    assert outline.brand.logo == b"" and len(outline.brand.logo_digest) == 64


def test_what_was_replaced_since_is_read_as_it_was_and_what_was_deleted_is_not_found():
    account = make_completed(1)
    DeliverableVersion.objects.update(maker="model")
    say(account, 1, ("Old", "https://old.example", None))
    outline = outline_of(account)
    services.stage_reset(user=account.user, stage_id=stage_of(account, 1).pk)
    complete(account, 1)

    (found,) = selectors.filled(outline).deliverables

    assert (found.version, [source.title for source in found.sources]) == (1, ["Old"])
    assert outline_of(account).deliverables[0].version == 2
    account_delete(account=account)
    with pytest.raises(NotFound):
        selectors.filled(outline)
