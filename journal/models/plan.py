"""An if-then plan for a hard moment: “If the crying passes 20 minutes, I will …”."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _

from .own_list import OwnList, OwnListQuerySet

LONGEST_PART = 200  # characters


class Plan(OwnList):
    PARTS = ("cue", "act")

    objects: ClassVar = OwnListQuerySet.as_manager()

    class Meta(OwnList.Meta):
        constraints = [models.UniqueConstraint(fields=["person", "client_key"], name="plan_once_a_form")]

    @property
    def said(self) -> str:
        """The plan as a sentence; empty where it cannot be opened."""
        return _("If %(cue)s, I will %(act)s.") % self.words if self.words else ""
