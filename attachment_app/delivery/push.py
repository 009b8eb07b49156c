"""Web push."""

from collections.abc import Sequence
from dataclasses import dataclass

from .models import PushSubscription
from .parcels import Left


@dataclass(frozen=True, slots=True)
class Parcel:
    endpoint: str
    payload: bytes
    topic: str
    ttl: int

    @classmethod
    def to(cls, subscription: PushSubscription, payload: bytes, topic: str, ttl: int) -> "Parcel":
        return cls(subscription.endpoint, payload, topic, ttl)


def send(parcels: Sequence[Parcel], deadline: float) -> list[Left]:
    return [Left.LATER for _parcel in parcels]


def forget_gone(gone: Sequence[PushSubscription]) -> None:
    PushSubscription.objects.filter(pk__in=[one.pk for one in gone]).delete()
