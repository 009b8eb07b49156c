"""Bands instead of numbers, and how many colluders they withstand. Pure functions of two whole numbers.

`n` parents contribute to a panel, `count` of them did a thing at least once. Whoever reads the band and knows the
answers of some parents (their own, friends', or accounts that they invented) learns about the others together that
their count lies between two numbers. Nobody is determined while neither “none of them” nor “all of them” is certain:

    a few   count < n/3        the others did at most ceil(n/3) - 1 less those who are known to have
    most    count > 2n/3       the mirror image
    half    between            the wider of the three

so up to ceil(n/3) - 2 colluders determine nobody, and one more may: with “most of ten” three who did not prove that the
other seven did. The same holds where one measure includes another (groups/panels.py): put the others in a row, and let
each measure hold for the first so many of them; the bounds of a chain are those of its members.
"""

from enum import StrEnum

EACH_SIDE = 5  # of state and breaks, at least so many did and so many did not
FEWEST_FOR_OWN = 20  # contributors for state and breaks


class Band(StrEnum):
    FEW = "few"
    HALF = "half"
    MOST = "most"


def band(count: int, n: int) -> Band:
    """Under a third, over two thirds, or between; in whole numbers, so that no rounding decides."""
    if 3 * count < n:
        return Band.FEW
    return Band.MOST if 3 * count > 2 * n else Band.HALF


def contributors_in_words(n: int) -> str:
    """“8–9” where an operator allows it, “10–14”, “15–19”, “20+”. Never the number."""
    for least, words in ((20, "20+"), (15, "15–19"), (10, "10–14")):
        if n >= least:
            return words
    return "8–9"


def colluders_withstood(n: int) -> int:
    """How many colluding or invented members determine nobody: 1 of 8–9, 2 of 10–12, 3 of 15, 5 of 20."""
    return -(-n // 3) - 2


def each_side(n: int) -> int:
    """How many must have done it, and how many not, for state and breaks to be shown.

    Five, and with more than thirty contributors half of those who may collude and two more. Hiding a panel tells that
    few or nearly all did: with five of 36, ten colluders could rule out “nearly all” and be the few themselves.
    """
    return max(EACH_SIDE, colluders_withstood(n) // 2 + 2)


def is_two_sided(count: int, n: int) -> bool:
    return each_side(n) <= count <= n - each_side(n)
