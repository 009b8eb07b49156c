"""What an operator sees: counts and reasons."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from attachment_app.groups.closing import close_due
from attachment_app.groups.models import ParentingGroup, Release
from attachment_app.groups.tasks import close_windows
from attachment_app.management.commands import doctor
from tests.groups.makers import DUE, group, joined, parents, shares
from tests.world import World

DAY = timedelta(days=1)


def ask(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_it_works(world: World) -> None:
    tuesday = group(world.faye, "Zilpzalp")
    group(world.faye, "Another")
    for who in parents(10):
        joined(tuesday, who)
        shares(tuesday, who, "exchanges")
    close_due(DUE)
    said = ask("summaries")
    assert "2 groups go on, 0 have ended; 1 people lead groups." in said
    assert "exchanges: 1 shown" in said and "exchanges: 1 too few contributors" in said
    assert "own: 2 too few contributors" in said
    assert "Zilpzalp" not in said and "most" not in said


def test_facilitators_are_granted_and_withdrawn(world: World) -> None:
    assert ask("facilitators", "grant", "Faye@example.org") == "faye@example.org leads groups now.\n"
    assert ask("facilitators", "grant", "faye@example.org") == "faye@example.org leads groups, as before.\n"
    assert ask("facilitators", "list") == "faye@example.org\n"
    assert ask("facilitators", "withdraw", "faye@example.org") == "faye@example.org leads no groups now.\n"
    with pytest.raises(CommandError, match="Nobody"):
        ask("facilitators", "grant", "nobody@example.org")


def test_the_floor_is_lowered_to_eight_and_no_further(world: World) -> None:
    made = group(world.faye)
    assert ask("summaries", "--floor", "8", "--of", str(made.pk)) == "The group is shown from 8 contributors.\n"
    made.refresh_from_db()
    assert made.floor == 8
    with pytest.raises(CommandError, match="Not below 8"):
        ask("summaries", "--floor", "7", "--of", str(made.pk))
    with pytest.raises(CommandError, match="no such group"):
        ask("summaries", "--floor", "8")


def test_the_doctor_says_so_where_a_window_is_not_closed(world: World) -> None:
    assert list(doctor.summaries()) == []
    group(world.faye)
    ParentingGroup.objects.update(created_at=timezone.now() - 60 * DAY)
    (sentence,) = doctor.summaries()
    assert "due for more than a day" in sentence
    close_windows()
    assert list(doctor.summaries()) == []
    assert Release.objects.count() == 1
