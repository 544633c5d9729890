"""How reports write numbers and name things."""

OURS = "newsrag"
"""The system that is measured; every other one in a report is a baseline beside it."""

NOTHING = "–"
"""What stands where there is no number."""

MINUS = "−"


def shown(value: float | None, *, signed: bool = False) -> str:
    """Return a share with two decimals, more where they would round it to 1 or to 0.

    >>> shown(0.8749), shown(0.998), shown(1.0), shown(-0.05, signed=True)
    ('0.87', '0.998', '1.00', '−0.05')
    """
    if value is None:
        return NOTHING
    size = abs(value)
    exact = round(size, 6)  # what is nearer is an error of floating point
    rounded = (f"{exact:.{places}f}" for places in range(2, 7))
    digits = next(one for one in rounded if exact in {0.0, 1.0} or float(one) not in {0.0, 1.0})
    sign = "" if exact == 0 else MINUS if value < 0 else "+" if signed else ""
    return sign + digits


def span_of(low: float | None, high: float | None, *, signed: bool = False) -> str:
    """Return an interval, nothing where there is none."""
    if low is None or high is None:
        return ""
    return f"{shown(low, signed=signed)} to {shown(high, signed=signed)}"


def milliseconds(value: float | None) -> str:
    """Return a time as a person says it: ``38 ms``, ``1.4 s``."""
    if value is None:
        return NOTHING
    if value >= 1000:  # noqa: PLR2004 - milliseconds of a second
        return f"{value / 1000:.1f} s"
    return f"{value:.0f} ms" if value >= 10 else f"{value:.1f} ms"  # noqa: PLR2004 - below ten a decimal tells more
