"""Few files at once, no connection held, nothing left behind."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256

import pytest
from django.db import connection
from django.utils import translation

from accounts.models import Account
from booms.core.errors import Unavailable
from exports.exporters import STAGE_EXPORTERS
from exports.rendering import AT_ONCE, Slots, render
from exports.tests.factories import Failing, Listing, make_dossier


class Watched(Listing):
    """Tells how many render at once."""

    def __init__(self):
        self.lock = threading.Lock()
        self.now = self.most = 0

    def render(self, dossier, to):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        time.sleep(0.02)
        super().render(dossier, to)
        with self.lock:
            self.now -= 1


def test_a_file_is_handed_over_at_its_beginning():
    dossier = make_dossier(3)

    with render(Listing(), lambda: dossier) as file:
        assert file.read().decode().split() == list(dossier.deliverables[0].output)


def test_of_many_files_few_are_made_at_once_and_all_are_made():
    exporter, dossier = Watched(), make_dossier(3)

    def one(_):
        with render(exporter, lambda: dossier) as file:
            return file.read()

    with ThreadPoolExecutor(30) as pool:
        made = set(pool.map(one, range(30)))

    assert len(made) == 1
    assert exporter.most == AT_ONCE


@pytest.mark.parametrize("exporter", STAGE_EXPORTERS, ids=lambda exporter: exporter.key)
def test_files_made_at_once_do_not_mix(exporter):
    def digest(number):
        with render(exporter, partial(make_dossier, number)) as file:
            return sha256(file.read()).digest()

    alone = [digest(number) for number in (1, 7)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(digest, [1, 7] * 4)) == alone * 4


@pytest.mark.parametrize("limits", [{"most_waiting": 0, "wait_seconds": 9}, {"most_waiting": 5, "wait_seconds": 0.01}])
def test_who_finds_no_place_or_waits_too_long_is_told_when_to_come_again(limits):
    slots = Slots(at_once=1, **limits)
    outcomes = []

    def late():
        try:
            with slots.taken():
                outcomes.append("let in")
        except Unavailable as error:
            outcomes.append(error.retry_after)

    with slots.taken():
        thread = threading.Thread(target=late)
        thread.start()
        thread.join()
    assert outcomes == [10]
    late()
    assert outcomes == [10, "let in"]


def test_a_fault_frees_its_place():
    for _ in range(AT_ONCE + 1):
        with pytest.raises(ArithmeticError):
            render(Failing(), make_dossier)
    with render(Listing(), make_dossier) as file:
        assert file.read()


def test_the_readers_language_does_not_tell_in_the_file():
    class Language(Listing):
        def render(self, dossier, to):
            to.write(translation.get_language().encode())

    with translation.override("en"), render(Language(), partial(make_dossier, language="es")) as file:
        assert file.read() == b"es"


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_a_file_is_made():
    held = []

    class Checked(Listing):
        def render(self, dossier, to):
            held.append(connection.connection is not None)

    assert not Account.objects.exists()
    assert connection.connection is not None

    def gather():
        held.append(connection.connection is not None)
        assert not Account.objects.exists()
        return make_dossier()

    render(Checked(), gather).close()
    assert held == [False, False]
