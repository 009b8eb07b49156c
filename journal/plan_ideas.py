"""Plans to start from; each can be changed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class PlanIdea:
    cue: str | Promise
    act: str | Promise

    @property
    def said(self) -> str:
        return _("If %(cue)s, I will %(act)s.") % {"cue": self.cue, "act": self.act}


PLAN_IDEAS = (
    PlanIdea(_("the crying passes 20 minutes"), _("put my baby down safely and step out for five minutes")),
    PlanIdea(_("my jaw and shoulders go hard"), _("put my baby in the cot and breathe with the drawing")),
    PlanIdea(_("three tries have not settled it"), _("ring somebody on my list")),
    PlanIdea(_("it was a short night"), _("ask somebody to take a turn before evening")),
)
