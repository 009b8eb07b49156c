"""A child's age, as far as a month of birth tells it."""

from datetime import date

from django.utils.translation import gettext, ngettext


def months(birth_month: date, today: date) -> int:
    """Whole calendar months between the month of birth and `today`'s month; below zero where it is to come."""
    return (today.year - birth_month.year) * 12 + today.month - birth_month.month


def in_words(birth_month: date, today: date) -> str:
    """A month tells no weeks, so none are made up: “born this month”, “7 months”, “2 years”."""
    count = months(birth_month, today)
    if count < 0:
        return ""
    if count == 0:
        return gettext("born this month")
    if count < 24:
        return ngettext("about %(count)d month", "about %(count)d months", count) % {"count": count}
    years = count // 12
    return ngettext("%(count)d year", "%(count)d years", years) % {"count": years}
