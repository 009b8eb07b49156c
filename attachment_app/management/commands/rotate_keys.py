"""New keys for notes, while the site runs: old and new are readable all the time, and a run cut off goes on."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from attachment_app.accounts.models import DataKey
from attachment_app.accounts.models.data_key import Sealed, open_all
from attachment_app.lib.row_security import bypass
from attachment_app.lib.sealing import CannotOpen

BATCH = 200  # rows a transaction: a second or so, and as much is done again after a cut


class Command(BaseCommand):
    help = (
        "Wraps the keys of notes with NOTES_KEY, so that the keys in NOTES_KEYS_BEFORE can be thrown away. "
        "With --data-keys each note gets a new key of its owner too."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--data-keys", action="store_true")

    def handle(self, *args: Any, data_keys: bool, **options: Any) -> None:
        try:
            self.stdout.write(f"{until_none(rewrap)} keys were wrapped anew.")
            if data_keys:
                self._data_keys(began=timezone.now())
        except CannotOpen as error:
            reason = f"A key does not open: {error}. Name the key that is missing in NOTES_KEYS_BEFORE."
            raise CommandError(reason) from error

    def _data_keys(self, began: datetime) -> None:
        resealed = sum(until_none(partial(reseal, kind, began)) for kind in sealed_kinds())
        self.stdout.write(f"{resealed} notes were sealed anew, and {forget(began)} old keys forgotten.")


def until_none(batch: Callable[[], int]) -> int:
    """Call until a batch did nothing; how much was done in all."""
    done = 0
    while some := batch():
        done += some
    return done


def rewrap() -> int:
    """Wrap one batch with the environment's first key; how many. Two runs at once share the work."""
    with bypass():
        keys = list(DataKey.objects.wrapped_by_others().select_for_update(skip_locked=True)[:BATCH])
        for key in keys:
            key.rewrap()
    return len(keys)


def sealed_kinds() -> list[type[Sealed]]:
    return [model for model in apps.get_models() if issubclass(model, Sealed)]


def reseal(kind: type[Sealed], began: datetime) -> int:
    """Seal one batch of rows with keys made after `began`; how many. A row that is locked waits for the next batch."""
    with bypass():
        old = DataKey.objects.filter(made_at__lt=began).values("pk")
        rows = list(kind._default_manager.filter(key_id__in=old).select_for_update()[:BATCH])
        open_all(rows)
        fresh: dict[Any, DataKey] = {}
        for row in rows:
            if row.text is None:
                raise CannotOpen(f"{kind._meta.verbose_name} {row.pk}")
            owner = tuple(row.sealed_for.items())
            if owner not in fresh:
                newest = DataKey.objects.newest(**row.sealed_for)
                fresh[owner] = newest if newest.made_at >= began else DataKey.objects.make(**row.sealed_for)
            row.seal_with(fresh[owner], row.text)
            row.save(update_fields=["key_id", "sealed"])
    return len(rows)


def forget(began: datetime) -> int:
    """Delete keys older than `began` whose owner has a newer one and that seal nothing any more; how many."""
    with bypass():
        old = DataKey.objects.filter(made_at__lt=began)
        for kind in sealed_kinds():
            old = old.exclude(Exists(kind._default_manager.filter(key_id=OuterRef("pk"))))
        fresh = set(DataKey.objects.filter(made_at__gte=began).values_list("person_id", "family_id"))
        gone = [key.pk for key in old if (key.person_id, key.family_id) in fresh]
        return DataKey.objects.filter(pk__in=gone).delete()[0]
