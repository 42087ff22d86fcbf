"""An account's brand, and its pages in the admin."""

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from PIL import Image

from accounts.logos import LogoRefused
from accounts.models import Account, Brand, Logo, User
from accounts.selectors import ACCENT, PRIMARY, look_of
from accounts.services import account_create, brand_logo_remove, brand_logo_set, brand_set

pytestmark = pytest.mark.django_db


@pytest.fixture
def account():
    return account_create(user=User.objects.create_user(email="clara@agency.example"), client_name="Peña & Söhne")


@pytest.fixture
def administrator(client):
    user = User.objects.create_superuser(username="root", password="long-enough-and-odd-7")
    client.force_login(user)
    return user


def picture(size=(40, 20), form="PNG"):
    data = BytesIO()
    Image.new("RGB", size, "#0a6640").save(data, form)
    return data.getvalue()


def noise():
    """A valid logo of more than a megabyte."""
    data = BytesIO()
    Image.effect_noise((1300, 1300), 90).save(data, "PNG")
    return data.getvalue()


def page_of(account):
    return f"{reverse('admin:accounts_account_brand')}?account={account.pk}"


def fresh(account):
    return Account.objects.get(pk=account.pk)


def test_without_a_brand_an_account_looks_like_its_name_in_the_products_colours(account):
    look = look_of(account)

    assert (look.name, look.primary, look.accent, look.logo) == ("Peña & Söhne", PRIMARY, ACCENT, None)


def test_a_brand_is_set_changed_and_emptied(account):
    brand_set(account=account, name="  Peña\n1899 ", primary="#A01D2C", accent="#123abc")
    look = look_of(fresh(account))
    assert (look.name, look.primary, look.accent) == ("Peña 1899", "#a01d2c", "#123abc")

    brand_set(account=account)
    look = look_of(fresh(account))
    assert (look.name, look.primary, look.accent) == ("Peña & Söhne", PRIMARY, ACCENT)
    assert Brand.objects.count() == 1


@pytest.mark.parametrize("colour", ["red", "#12", "#12345g", "1d4ed8", "#1d4ed", "url(x)"])
def test_a_colour_is_six_hex_digits_also_for_the_database(account, colour):
    with pytest.raises(ValidationError):
        brand_set(account=account, primary=colour)
    for field in ("primary", "accent"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Brand.objects.create(account=account, **{field: colour[:7]})


def test_a_logo_is_kept_replaced_and_removed(account):
    first = brand_logo_set(account=account, data=picture())
    second = brand_logo_set(account=account, data=picture((60, 60), "JPEG"))

    assert Logo.objects.count() == 1
    logo = Logo.objects.get()
    assert (logo.width, logo.height, logo.digest) == (60, 60, second.digest)
    assert first.digest != second.digest
    assert bytes(logo.image).startswith(b"\x89PNG")
    brand_logo_remove(account=account)
    brand_logo_remove(account=account)
    assert not Logo.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_set_a_brand_at_once_make_one(account):
    def set_one(number):
        try:
            brand_set(account=account, name=f"Name {number}", logo=picture((number + 1, 9)))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(set_one, range(4)))

    assert Logo.objects.get().width == int(Brand.objects.get().name[-1]) + 1


def test_a_logo_that_is_refused_leaves_the_brand_as_it_was(account):
    with pytest.raises(LogoRefused):
        brand_set(account=account, name="New", logo=b"GIF89a")

    assert not Brand.objects.exists()


def test_brand_and_logo_go_with_the_account(account):
    brand_set(account=account, name="New", logo=picture())

    account.delete()

    assert not Brand.objects.exists() and not Logo.objects.exists()


def test_the_form_keeps_everything_and_leads_back_to_the_account(client, administrator, account):
    upload = SimpleUploadedFile("logo.gif", noise(), "text/html")  # what the browser says of a file does not count

    answer = client.post(page_of(account), {"name": "Peña", "primary": "A01D2C", "accent": "#abc", "logo": upload})

    assert answer.status_code == HTTPStatus.FOUND
    assert answer.url == reverse("admin:accounts_account_change", args=[account.pk])
    look = look_of(fresh(account))
    assert (look.name, look.primary, look.accent) == ("Peña", "#a01d2c", "#aabbcc")
    assert look.logo.height == 600
    page = client.get(answer.url).content.decode()
    address = reverse("admin:accounts_account_logo", args=[account.pk])
    assert f'src="{address}?{look.logo.digest[:12]}"' in page
    assert 'fill="#a01d2c"' in page and "style=" not in page
    shown = client.get(address)
    assert shown["Content-Type"] == "image/png"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert Image.open(BytesIO(shown.content)).size == (look.logo.width, look.logo.height)


def test_a_form_without_a_file_keeps_the_logo_and_can_remove_it(client, administrator, account):
    brand_logo_set(account=account, data=picture())

    client.post(page_of(account), {"name": "Peña", "primary": "", "accent": ""})
    assert Logo.objects.exists()
    client.post(page_of(account), {"name": "Peña", "primary": "", "accent": "", "without_logo": "on"})
    assert not Logo.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"primary": "reddish"}, "A colour such as #1d4ed8."),
        ({"primary": "#12345678901234567890"}, "at most 20 characters"),
        ({"name": "x" * 256}, "at most 255 characters"),
        ({"logo": SimpleUploadedFile("logo.png", b"<svg/>", "image/png")}, "Only PNG and JPEG images can be logos."),
        ({"logo": SimpleUploadedFile("logo.png", b"", "image/png")}, "The submitted file is empty."),
        ({"logo": SimpleUploadedFile("logo.png", bytes(5 * 1024 * 1024 + 1))}, "The file is larger than 5 MB."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(client, administrator, account, fields, sentence):
    answer = client.post(page_of(account), {"name": "", "primary": "", "accent": "", **fields})

    assert answer.status_code == HTTPStatus.OK
    assert sentence in answer.content.decode()
    assert not Brand.objects.exists() and not Logo.objects.exists()


def test_who_may_view_sees_the_brand_and_who_may_change_changes_it(client, account):
    brand_logo_set(account=account, data=picture())
    change, logo = page_of(account), reverse("admin:accounts_account_logo", args=[account.pk])
    assert client.get(change).status_code == client.get(logo).status_code == HTTPStatus.FOUND
    viewer = User.objects.create_user(username="vera", is_staff=True)
    client.force_login(viewer)
    assert client.get(logo).status_code == client.get(change).status_code == HTTPStatus.FORBIDDEN

    viewer.user_permissions.add(Permission.objects.get(codename="view_account"))
    assert client.get(logo).status_code == HTTPStatus.OK
    assert client.get(change).status_code == client.post(change, {"name": "Mine"}).status_code == HTTPStatus.FORBIDDEN
    page = client.get(reverse("admin:accounts_account_change", args=[account.pk])).content.decode()
    assert logo in page and change.split("?")[0] not in page
    assert not Brand.objects.exists()


@pytest.mark.parametrize("account_id", ["", "x", str(uuid4())])
def test_there_is_no_brand_without_an_account(client, administrator, account_id):
    address = reverse("admin:accounts_account_brand")
    assert client.get(address, {"account": account_id}).status_code == HTTPStatus.NOT_FOUND


def test_a_missing_logo_is_not_found(client, administrator, account):
    assert client.get(reverse("admin:accounts_account_logo", args=[account.pk])).status_code == HTTPStatus.NOT_FOUND
