"""An account's brand: what its files look like."""

from __future__ import annotations

from hashlib import sha256

from django.db import transaction
from PIL import Image

from accounts.logos import logo_image, png
from accounts.models import Account, Brand, Logo


def brand_set(
    *,
    account: Account,
    name: str = "",
    primary: str = "",
    accent: str = "",
    logo: bytes = b"",
    without_logo: bool = False,
) -> Brand:
    """Name, colours (`#rrggbb`) and logo of an account's files, all of them or none.

    Empty name and colours are the client's name and the product's own. An empty `logo` leaves the one there is, unless
    the account is to be `without_logo`. Raises `ValidationError`, `LogoRefused`.
    """
    picture = logo_image(logo) if logo else None  # before the transaction: it takes its time
    with transaction.atomic():
        _lock(account)
        if picture is not None:
            _logo_keep(account, picture)
        elif without_logo:
            brand_logo_remove(account=account)
        brand = Brand.objects.filter(account=account).first() or Brand(account=account)
        brand.name, brand.primary, brand.accent = " ".join(name.split()), primary.lower(), accent.lower()
        brand.full_clean()
        brand.save()
    return brand


def brand_logo_set(*, account: Account, data: bytes) -> Logo:
    """Keep a PNG or JPEG as the account's logo, made anew as a PNG. Raises `LogoRefused`."""
    picture = logo_image(data)
    with transaction.atomic():
        _lock(account)
        return _logo_keep(account, picture)


def brand_logo_remove(*, account: Account) -> None:
    """The account's files bear its name instead."""
    Logo.objects.filter(account=account).delete()


def _logo_keep(account: Account, picture: Image.Image) -> Logo:
    image = png(picture)
    logo = Logo.objects.filter(account=account).first() or Logo(account=account)
    logo.image, logo.digest = image, sha256(image).hexdigest()
    logo.width, logo.height = picture.size
    logo.full_clean()
    logo.save()
    return logo


def _lock(account: Account) -> None:
    """One change of a brand at a time: two first ones would otherwise both be inserted."""
    Account.objects.select_for_update().only("pk").get(pk=account.pk)
