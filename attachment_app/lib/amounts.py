"""Amounts of a feed: kept in whole millilitres, written and read in the person's own measure."""

from decimal import ROUND_HALF_UP, Decimal

ML_AN_OUNCE = Decimal("29.5735")  # the US fluid ounce (NIST Handbook 44, 2023)
MOST = {"ml": 2000, "oz": 67}  # a slip of the thumb lies above


def in_ml(amount: Decimal, measure: str) -> int:
    """Whole millilitres of an amount in `measure` (ml or oz)."""
    ml = amount * ML_AN_OUNCE if measure == "oz" else amount
    return int(ml.quantize(Decimal(1), ROUND_HALF_UP))


def shown(ml: int, measure: str) -> str:
    """The number alone, in `measure`: “120”, “4”, “4.5”. What was written in ounces is read as it was written."""
    if measure != "oz":
        return str(ml)
    return f"{(Decimal(ml) / ML_AN_OUNCE).quantize(Decimal('0.1'), ROUND_HALF_UP):f}".removesuffix(".0")
