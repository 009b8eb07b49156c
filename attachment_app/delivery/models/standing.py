"""How somebody wants the site to start speaking to them: off until they say so, and theirs to stop at once."""

from datetime import datetime, time, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

A_WEEK = 3  # gentle reminders, unless the parent sets otherwise
MOST_A_WEEK = 7  # all messages that the site starts
PAUSE = timedelta(days=7)


class Pace(models.TextChoices):
    """How often, as unanswered messages have set it. It goes down by itself, and up again by a tap alone."""

    USUAL = "usual", _("As often as you said")
    HALF = "half", _("Half as often: the last three were not opened")
    STOPPED = "stopped", _("Stopped: the last five were not opened")


class LockScreen(models.TextChoices):
    """What a locked phone shows of a push."""

    NEUTRAL = "neutral", _("Neutral words: a small idea, if you want one")
    TEXT = "text", _("The small idea itself")
    OWN = "own", _("The small idea, and words of my own")


class StandingQuerySet(models.QuerySet["Standing"]):
    def of(self, person: AbstractBaseUser) -> "Standing":
        """The person's row, made with everything off where there is none."""
        return self.get_or_create(person_id=person.pk)[0]


class Standing(models.Model):
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    gentle_a_week = models.PositiveSmallIntegerField(_("at most so many a week"), default=A_WEEK)
    # Wall-clock times in the person's zone; the same time twice means no quiet hours.
    quiet_from = models.TimeField(_("quiet from"), default=time(21))
    quiet_until = models.TimeField(_("quiet until"), default=time(8))
    paused_until = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)  # “stop all”
    pace = models.CharField(max_length=8, choices=Pace, default=Pace.USUAL)
    pace_since = models.DateTimeField(null=True, blank=True)
    woken_at = models.DateTimeField(null=True, blank=True)  # they said “as before”
    pace_told_at = models.DateTimeField(null=True, blank=True)  # it was said on a page that they had stopped: once
    # Set while the channel or the opt-in is on. Push is on where there is a subscription.
    email_since = models.DateTimeField(null=True, blank=True)
    check_on_me_since = models.DateTimeField(null=True, blank=True)
    lock_screen = models.CharField(max_length=8, choices=LockScreen, default=LockScreen.NEUTRAL)
    # Thirty days without the person: one closing note, then silence until they wake it.
    closed_at = models.DateTimeField(null=True, blank=True)
    offered_at = models.DateTimeField(null=True, blank=True)  # reminders were offered: once, and never again

    objects: ClassVar = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(gentle_a_week__range=(1, MOST_A_WEEK)), name="standing_a_week"),
            models.CheckConstraint(condition=Q(pace__in=Pace.values), name="standing_pace_known"),
            models.CheckConstraint(condition=Q(lock_screen__in=LockScreen.values), name="standing_lock_screen_known"),
        ]

    def __str__(self) -> str:
        return str(self.person_id)

    def silence(self, now: datetime) -> str:
        """Why nothing of what they asked for comes at `now`: stopped, closed, unanswered or paused; else empty."""
        if self.stopped_at:
            return "stopped"
        if self.closed_at:
            return "closed"
        if self.pace == Pace.STOPPED:
            return "unanswered"
        return "paused" if self.paused_until and now < self.paused_until else ""

    def pause(self, now: datetime) -> None:
        """Nothing for a week, counted from now. Said again it is a week from then."""
        self.paused_until = now + PAUSE
        self.save(update_fields=["paused_until"])

    def go_on(self) -> None:
        """End the pause."""
        self.paused_until = None
        self.save(update_fields=["paused_until"])

    def stop(self, now: datetime) -> None:
        """Nothing that the site starts, from this moment on."""
        if self.stopped_at is None:
            self.stopped_at = now
            self.save(update_fields=["stopped_at"])

    def wake(self, now: datetime) -> None:
        """The person wants messages again, as often as they said: the stop, the silence and the slower pace end."""
        self.stopped_at, self.closed_at, self.woken_at = None, None, now
        self.pace, self.pace_since, self.pace_told_at = Pace.USUAL, now, None
        self.save(update_fields=["stopped_at", "closed_at", "woken_at", "pace", "pace_since", "pace_told_at"])

    def fewer(self, now: datetime) -> None:
        """Half as many a week; below one a week, one in two weeks."""
        if self.gentle_a_week > 1:
            self.gentle_a_week //= 2
        elif self.pace == Pace.USUAL:
            self.pace, self.pace_since = Pace.HALF, now
        self.save(update_fields=["gentle_a_week", "pace", "pace_since"])
