"""What only a browser shows: the console at work, in Debian's chromium."""

import shutil
from contextlib import suppress
from pathlib import Path

import pytest
from django.urls import reverse
from selenium.common.exceptions import StaleElementReferenceException, TimeoutException
from selenium.webdriver import Chrome, ChromeOptions, ChromeService, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from crm.models import Decision, Reply, WebhookKey
from crm.services.cases import case_claim
from crm.tests.factories import make_account, make_channel, make_supervisor, make_user, pending_run

pytestmark = pytest.mark.django_db(transaction=True)

PASSWORD = "a-good-password"
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--lang=en",
)  # fmt: skip
CONTRAST = Path(__file__).with_name("contrast.js").read_text()
DESKTOP, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="module")
def chrome(tmp_path_factory):
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or pytest.fail("These tests need Debian's chromium package.")
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = Chrome(options=options, service=ChromeService(shutil.which("chromedriver")))
    yield driver
    driver.quit()


class Console:
    """A signed-in supervisor before a window."""

    def __init__(self, chrome, address):
        self.chrome, self.address = chrome, address

    def open(self, path, size=DESKTOP):
        metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size == PHONE}
        self.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        self.chrome.get(self.address + path)

    def sign_in(self, name="supervisor"):
        self.open("/admin/login/?next=/admin/queue/")
        self.one("#id_username").send_keys(name)
        self.one("#id_password").send_keys(PASSWORD + Keys.ENTER)
        self.wait(lambda: self.path == "/admin/queue/")

    def one(self, selector):
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.chrome.find_elements(By.CSS_SELECTOR, selector)

    def press(self, keys):
        self.chrome.switch_to.active_element.send_keys(keys)

    def run(self, script):
        return self.chrome.execute_script(script)

    @property
    def path(self):
        return self.run("return location.pathname")

    @property
    def focused(self):
        return self.run("return document.activeElement.id || document.activeElement.textContent.trim()")

    def wait(self, condition, seconds=10):
        def met(_):
            with suppress(StaleElementReferenceException):
                return condition()
            return False

        try:
            return WebDriverWait(self.chrome, seconds, poll_frequency=0.05).until(met)
        except TimeoutException:
            pytest.fail(f"It did not happen within {seconds} s; the page is {self.path}.")

    def errors(self):
        return [entry["message"] for entry in self.chrome.get_log("browser") if entry["level"] == "SEVERE"]


@pytest.fixture
def console(chrome, live_server):
    make_supervisor(password=PASSWORD)
    chrome.get_log("browser")
    chrome.execute_cdp_cmd("Network.clearBrowserCookies", {})
    window = Console(chrome, live_server.url)
    window.sign_in()
    yield window
    # No request of the page may be under way while the tables are emptied.
    chrome.get("about:blank")


@pytest.fixture
def administrator(console):
    user = make_user(username="root", password=PASSWORD, is_staff=True, is_superuser=True)
    console.chrome.execute_cdp_cmd("Network.clearBrowserCookies", {})
    console.sign_in("root")
    return user


def assert_readable(console, path, size):
    """Nothing is wider than the window, and every text stands out from what is behind it."""
    console.open(path, size)
    assert console.run("return document.documentElement.scrollWidth") <= size[0], path
    assert console.run(CONTRAST) == [], path


def case_path(run):
    return f"/admin/queue/{run.pk}/"


def test_a_case_is_read_edited_and_approved(console):
    run = pending_run(reply="We are sorry.", text="Where is my <b>parcel</b>?")
    console.open("/admin/queue/")
    console.one(".case-link").click()
    console.wait(lambda: console.path == case_path(run))

    assert "Where is my <b>parcel</b>?" in console.one(".said").text
    approve, edited = console.all("button[value=approve]")
    assert (approve.is_enabled(), edited.is_enabled()) == (True, False)
    console.one("#id_reply").send_keys(" Ana will write to you.")
    assert (approve.is_enabled(), edited.is_enabled()) == (False, True)
    edited.click()

    console.wait(lambda: console.path == "/admin/queue/")
    assert "approved and sent" in console.one(".messagelist").text
    assert Reply.objects.get().text == "We are sorry. Ana will write to you."
    assert console.errors() == []


def test_the_draft_is_restored_after_a_change_of_mind(console):
    run = pending_run(reply="We are sorry.\n\nThe team")
    console.open(case_path(run))
    console.one("#id_reply").send_keys(" And more.")

    console.one("#restore").click()

    assert console.one("#id_reply").get_property("value") == "We are sorry.\n\nThe team"
    assert console.one("button[value=approve]").is_enabled()


def test_opening_a_case_claims_it_and_another_supervisor_sees_that(console):
    run = pending_run()
    console.open(case_path(run))
    console.wait(lambda: console.one("#claim").get_attribute("data-mine") == "true")
    run.refresh_from_db()
    assert run.claimed_by.username == "supervisor"

    make_supervisor(username="ana", password=PASSWORD)
    console.chrome.execute_cdp_cmd("Network.clearBrowserCookies", {})
    console.sign_in("ana")
    console.open(case_path(run))

    assert "supervisor has this case open" in console.one("#claim-text").text
    assert not any(button.is_enabled() for button in console.all("button[name=decision]"))


def test_releasing_gives_the_case_back(console):
    run = pending_run()
    console.open(case_path(run))
    console.wait(lambda: console.one("#release-form").is_displayed())

    console.one("#release-form button").click()

    console.wait(lambda: console.path == "/admin/queue/")
    run.refresh_from_db()
    assert run.claimed_by is None


def test_new_cases_appear_and_focus_stays_where_it_was(console):
    first = pending_run(client_id="first")
    console.open("/admin/queue/")
    console.press("j")
    assert console.focused == "first"

    pending_run(client_id="second")
    case_claim(run_id=first.pk, user=make_supervisor(username="ana"))

    console.wait(lambda: len(console.all(".queue-row")) == 2)
    assert console.focused == "first"
    assert console.one("[data-pending-count]").text == "2"
    assert console.chrome.title.startswith("(2)")
    assert "Open with ana" in console.one(f"[id='case-{first.pk}']").text
    assert console.errors() == []


def test_a_page_left_open_says_when_the_session_has_ended(console):
    console.open("/admin/queue/")

    console.chrome.execute_cdp_cmd("Network.clearBrowserCookies", {})

    console.wait(lambda: "You are signed out" in console.one("#live-text").text)


def test_clocks_tick(console):
    pending_run()
    console.open("/admin/queue/")
    before = console.one("time[data-countdown]").text

    console.wait(lambda: console.one("time[data-countdown]").text != before, seconds=3)


def test_the_queue_and_a_case_are_worked_with_the_keyboard_alone(console):
    one, two = pending_run(client_id="one"), pending_run(client_id="two")
    console.open("/admin/queue/")
    for key, focused in (("j", "one"), ("j", "two"), ("j", "two"), ("k", "one")):
        console.press(key)
        assert console.focused == focused
    console.press(Keys.ENTER)
    console.wait(lambda: console.path == case_path(one))

    console.press("e")
    assert console.focused == "id_reply"
    console.press("aerq")
    assert console.one("#id_reply").get_property("value").endswith("aerq")
    console.press(Keys.ESCAPE)
    console.press("r")
    assert console.focused == "id_reason"
    console.press("Not for us.")
    console.press(Keys.CONTROL + Keys.ENTER)

    console.wait(lambda: console.path == case_path(two))
    console.press("a")
    assert console.focused == "Approve as is"
    console.press(Keys.ENTER)
    console.wait(lambda: console.path == "/admin/queue/")
    assert [decision.kind for decision in Decision.objects.order_by("created_at")] == ["rejected", "approved"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_pages_fit_the_window_and_their_texts_can_be_read(console, theme, size):
    run = pending_run(client_id="x" * 120 + "@example.com", text="A word of " + "e" * 300)
    pending_run(client_id="other")
    console.run(f"localStorage.setItem('theme', '{theme}')")
    paths = ("/", "/admin/", "/admin/queue/", case_path(run), "/admin/crm/run/", "/admin/password_change/", "/nothing")
    for path in paths:
        assert_readable(console, path, size)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_administration_fits_and_can_be_read(console, administrator, theme, size):
    account = make_account(client_name="Panadería " + "o" * 80)
    message = pending_run(channel=make_channel(account=account), text="e" * 400).messages.get()
    console.run(f"localStorage.setItem('theme', '{theme}')")
    for name in ("accounts_user", "accounts_account", "crm_channel", "crm_webhookkey", "auth_group"):
        for page in ("changelist", "add"):
            assert_readable(console, reverse(f"admin:{name}_{page}"), size)
    assert_readable(console, reverse("admin:accounts_user_change", args=[administrator.pk]), size)
    assert_readable(console, reverse("admin:accounts_account_delete", args=[account.pk]), size)
    assert_readable(console, reverse("admin:crm_inboundmessage_change", args=[message.pk]), size)


def test_the_menu_opens_on_a_phone(console):
    console.open("/admin/queue/", PHONE)
    assert not console.one("#sidebar").is_displayed()

    console.one(".menu-link").click()
    console.wait(lambda: console.one("#sidebar").is_displayed())
    console.press(Keys.ESCAPE)
    console.wait(lambda: not console.one("#sidebar").is_displayed())


def test_the_theme_is_switched_and_kept(console):
    def colour():
        return console.run("return getComputedStyle(document.body).backgroundColor")

    console.run("localStorage.setItem('theme', 'light')")
    console.open("/admin/queue/")
    light = colour()
    while console.run("return document.documentElement.dataset.theme") != "dark":
        console.one(".theme-toggle").click()

    assert colour() != light
    dark = colour()
    console.open("/admin/")
    assert colour() == dark


def test_the_language_is_switched_where_one_is(console):
    console.open("/admin/queue/?sentiment=negative")

    console.one(".language-switch button[value=es]").click()

    console.wait(lambda: "Cola de pendientes" in console.one("h1").text)
    assert console.run("return location.search") == "?sentiment=negative"
    console.one(".language-switch button[value=en]").click()
    console.wait(lambda: "Pending queue" in console.one("h1").text)


def test_a_key_is_made_in_the_browser(console, administrator):
    channel = make_channel(address="shop")
    console.open("/admin/crm/webhookkey/add/")
    console.one(".select2-selection").click()
    console.wait(lambda: any(channel.address in option.text for option in console.all(".select2-results__option")))
    console.one(".select2-results__option").click()
    console.one("input[name=_save]").click()

    text = console.wait(lambda: console.one("#made-key")).get_property("value")
    assert text.startswith(WebhookKey.objects.get().prefix)
    assert console.errors() == []
