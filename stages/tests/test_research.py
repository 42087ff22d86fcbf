"""Stages 4 and 7 with a model and a search on real sockets: figures keep their sources, and none is made up."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from stages import services
from stages.models import DeliverableVersion
from stages.tests.definitions.factories import played
from stages.tests.factories import client_of, complete_by_examples, make_account, say, stage_of
from stages.tests.research_desk import Desk

# Tools run in threads with connections of their own.
pytestmark = pytest.mark.django_db(transaction=True)

ADS, MAIL, MADE_UP = "https://ads.example/2026", "https://mail.example/report", "https://made-up.example/figures"
FOUND = (
    "On LinkedIn the average CPM is €33.80 with a CTR of 0.65%, and landing pages convert 6.1% [1]. For Google Ads "
    "expect a CPM of 41 euros, 3.17% CTR and 3.75% conversion; close rate 9% [1]. Newsletters: CTR 2.62% [2]."
)
ROWS = "\n".join(
    (
        f"LinkedIn | 33.80 | 0.65% | 6.1% | 12% | {ADS}",
        f"Google Ads | 41 | 3.17% | 3.75% | 9% | {ADS}",
        f"Newsletter | 22 | 2.62% | 3.1% | 8% | {MAIL}",
        f"Webinars | 40 | 2% | 11% | 8% | {MADE_UP}",
    )
)
CHANNELS = "\n".join(
    (
        f"LinkedIn | 9 | 6 | 5 | 45 | Heads of maintenance read it | {ADS}, {MADE_UP}",
        f"Google Ads | 8 | 6 | 4 | 20 | They search when it hurts | {ADS}",
        f"Newsletter | 6 | 8 | 4 | 60 | 1,200 subscribers know the brand | {MADE_UP}",
    )
)


@pytest.fixture
def desk(settings):
    made = Desk(rows={}, found=FOUND, addresses=(ADS, MAIL))
    settings.AGENTS = settings.AGENTS | {
        "OPENAI_API_KEY": "key-of-a-test", "OPENAI_BASE_URL": f"{made.url}/openai",
        "PERPLEXITY_API_KEY": "key-of-a-test", "PERPLEXITY_BASE_URL": f"{made.url}/perplexity",
    }  # fmt: skip
    yield made
    made.close()


@pytest.fixture
def account():
    return make_account(language="en", ai_model="openai-gpt4o", currency="EUR")


def begun(account, number):
    """A stage, started, with those before it completed as their examples have it."""
    for earlier in range(1, number):
        output = played("en")[earlier - 1].deliverable
        services.stage_complete(user=account.user, stage_id=stage_of(account, earlier).pk, output=output)
    stage = stage_of(account, number)
    services.stage_start(user=account.user, stage_id=stage.pk)
    return stage


def questions_of(client, stage):
    return {question["key"]: question for question in client.get(f"/api/stages/{stage.pk}").json()["questions"]}


def by_channel(rows, key="channel"):
    return {row[key]: row for row in rows}


def test_confirmed_figures_keep_the_sources_that_the_search_gave(desk, account):
    client, stage = client_of(account.user), begun(account, 7)
    desk.rows = {"benchmarks": ROWS}
    desk.remark = f"LinkedIn costs €33.80 ({ADS}); webinars 40 ({MADE_UP})."

    told = say(client, stage, "YouTube | Short videos of breakdowns").json()

    assert len(desk.searches) == 1
    assert told["metadata"]["tools_used"][0]["name"] == "web_search"
    assert [source["url"] for source in told["metadata"]["sources"]] == [ADS, MAIL]
    assert "What I found, with its source" in told["agent_message"]
    assert ADS in told["agent_message"]
    assert MADE_UP not in told["agent_message"]
    assert "33.8" in questions_of(client, stage)["benchmarks"]["example"]
    assert "benchmarks" not in told["updated_state"]["answers"]

    say(client, stage, "yes")
    complete_by_examples(client, stage)
    detail = client.get(f"/api/stages/{stage.pk}").json()
    lines = by_channel(detail["output"]["lines"])

    google = lines["Google Ads"]
    assert (google["cpm"], google["ctr"], google["close_rate"]) == ("41", "0.0317", "0.09")
    assert (google["source"], google["assumption"], google["assumed"]) == (ADS, False, [])
    assert lines["LinkedIn"]["source"] == f"CPM, CTR, Conversion rate: {ADS}; Close rate: assumption"
    assert lines["LinkedIn"]["assumed"] == ["close_rate"]
    assert lines["Newsletter"]["assumed"] == ["cpm", "conversion_rate", "close_rate"]
    for unsourced in ("Webinars", "Trade fairs", "YouTube"):
        assert lines[unsourced]["assumption"] is True
        assert lines[unsourced]["source"].startswith("assumption")
    assert MADE_UP not in json.dumps(detail)

    provenance = DeliverableVersion.objects.get(stage=stage).provenance
    assert provenance["lines.*.cpm"] == ["assumption", "web_source"]
    assert provenance["lines.*.source"] == ["assumption", "web_source"]
    alerts = [alert["message"] for alert in detail["output"]["alerts"] if alert["kind"] == "assumption"]
    assert alerts[0].startswith("CPM and rates of Webinars, Trade fairs and YouTube are assumptions")
    assert "Of “LinkedIn” these are assumptions without a source: Close rate." in alerts


def test_the_admin_shows_the_sources_and_marks_the_assumptions(desk, account, admin_client):
    client, stage = client_of(account.user), begun(account, 7)
    desk.rows = {"benchmarks": ROWS}
    say(client, stage, "YouTube | Short videos of breakdowns")
    complete_by_examples(client, stage)
    page = admin_client.get(reverse("admin:stages_stage_change", args=[stage.pk])).content.decode()
    assert ADS in page
    assert "A source on the web says it." in page
    assert "Close rate: assumption" in page
    assert MADE_UP not in page


def test_figures_that_the_consultant_types_with_the_source_found_are_sourced_too(desk, account):
    client, stage = client_of(account.user), begun(account, 7)
    desk.rows = {"benchmarks": ROWS}
    say(client, stage, "YouTube | Short videos of breakdowns")
    rows = [
        f"LinkedIn | 33.80 | 0.65% | 6.1% | 12% | CPM, CTR, conversion rate: {ADS}; close rate: our CRM",
        "Google Ads | 41 | 3.17% | 3.75% | 9% | last year's campaigns",
        "Newsletter | 20 | 2.5% | 3% | 8% | assumption", "Webinars | 40 | 2% | 10% | 8%",
        "Trade fairs | 60 | 4% | 6% | 10%", "YouTube | 12 | 0.6% | 2.5% | 10%",
    ]  # fmt: skip
    say(client, stage, "\n".join(rows))
    complete_by_examples(client, stage)
    version = DeliverableVersion.objects.get(stage=stage)
    lines = by_channel(version.output["lines"])
    assert (lines["LinkedIn"]["assumption"], lines["LinkedIn"]["source"].count(ADS)) == (False, 1)
    assert (lines["Google Ads"]["assumption"], lines["Google Ads"]["source"]) == (False, "last year's campaigns")
    assert lines["Webinars"]["assumption"] is True
    assert version.provenance["lines.*.cpm"] == ["assumption", "client", "web_source"]


def test_channels_keep_only_the_sources_that_were_found(desk, account):
    client, stage = client_of(account.user), begun(account, 4)
    desk.rows = {"channels": CHANNELS}
    desk.spoil = lambda sheet: sheet["channels"][0]["sources"].append(MADE_UP)
    complete_by_examples(client, stage)
    version = DeliverableVersion.objects.get(stage=stage)
    sources = {row["name"]: row["sources"] for row in version.output["channels"]}
    assert sources == {"LinkedIn": [ADS], "Google Ads": [ADS], "Newsletter": []}
    assert version.maker == DeliverableVersion.Maker.MODEL
    assert version.provenance["channels.*.sources.*"] == ["web_source"]
    assert MADE_UP not in json.dumps(version.output)


def test_without_a_search_key_every_figure_is_an_assumption(desk, account, settings):
    settings.AGENTS = settings.AGENTS | {"PERPLEXITY_API_KEY": ""}
    client, stage = client_of(account.user), begun(account, 7)
    desk.rows = {"benchmarks": ROWS}
    told = say(client, stage, "YouTube | Short videos of breakdowns").json()
    assert desk.searches == []
    assert told["metadata"]["sources"] == []
    assert ADS not in told["agent_message"]
    assert "What I propose as an assumption" in told["agent_message"]
    complete_by_examples(client, stage)
    version = DeliverableVersion.objects.get(stage=stage)
    assert all(line["assumption"] and line["source"].startswith("assumption") for line in version.output["lines"])
    for figure in ("cpm", "ctr", "conversion_rate", "close_rate", "source"):
        assert version.provenance[f"lines.*.{figure}"] == ["assumption"]


def test_when_the_search_fails_the_agent_goes_on_with_assumptions(desk, account):
    client, stage = client_of(account.user), begun(account, 7)
    desk.rows, desk.status = {"benchmarks": ROWS}, 500
    told = say(client, stage, "YouTube | Short videos of breakdowns").json()
    assert told["metadata"]["tools_used"][0]["outcome"] == "failed"
    assert "What I propose as an assumption" in told["agent_message"]
    assert ADS not in told["agent_message"]


def test_a_cost_in_another_currency_is_not_taken_for_the_plans(desk, account):
    client, stage = client_of(account.user), begun(account, 7)
    say(client, stage, "YouTube | Short videos of breakdowns")
    told = say(client, stage, ROWS.replace("33.80", "$33.80")).json()
    assert "benchmarks" not in told["updated_state"]["answers"]
    assert "The figure must be in EUR" in told["agent_message"]


def test_what_was_found_for_other_channels_gives_way_to_the_defaults(desk, account):
    client, stage = client_of(account.user), begun(account, 7)
    desk.rows = {"benchmarks": ROWS}
    say(client, stage, "YouTube | Short videos of breakdowns")
    client.post(f"/api/stages/{stage.pk}/reset")
    account.ai_model = "offline"
    account.save()
    say(client, stage, "change the experiment to Podcast | Plant managers listen while driving")
    example = questions_of(client, stage)["benchmarks"]["example"]
    assert "Podcast" in example
    assert ADS not in example
