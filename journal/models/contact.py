"""Somebody whom a parent would ring in a hard moment: a name and a number. The site rings nobody."""

import re
from typing import ClassVar

from django.db import models

from .own_list import OwnList, OwnListQuerySet

LONGEST_NAME, LONGEST_NUMBER = 60, 30  # characters


class Contact(OwnList):
    PARTS = ("name", "number")

    objects: ClassVar = OwnListQuerySet.as_manager()

    class Meta(OwnList.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "client_key"], name="contact_once_a_form")]

    @property
    def href(self) -> str:
        """The number as a telephone link takes it (RFC 3966)."""
        return "tel:" + re.sub(r"[^\d+*#]", "", self.words["number"]).replace("#", "%23") if self.words else ""
