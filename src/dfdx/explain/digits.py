"""Numbers as they are shown: as many digits as are known, and none that say nothing."""

from math import floor, isfinite, log10


def full(value, error=0.0):
    """All digits of a number that the error leaves standing, and one more.

    >>> full(6.0), full(0.1), full(0.95533648912, 3e-7)
    ('6', '0.1', '0.95533649')
    """
    if not isfinite(value):
        return spoken(value)
    if value == int(value) and abs(value) < 1e16:
        return str(int(value))
    if isfinite(error) and error > 0:
        digits = 1 - floor(log10(error))
        rounded = round(value, digits)
        value = rounded if len(repr(rounded)) < len(repr(value)) else value
    return repr(value)


def short(value, digits=7):
    """A number to seven digits, for the eye.

    >>> short(-8.063212345), short(25.0), short(1e-9 / 3)
    ('-8.063212', '25', '3.333333e-10')
    """
    if not isfinite(value):
        return spoken(value)
    text = f"{value + 0.0:.{digits}g}"
    mantissa, e, exponent = text.partition("e")
    return f"{mantissa}e{int(exponent)}" if e else mantissa


def spoken(value):
    """What stands for a number that is not finite."""
    return "nan" if value != value else "inf" if value > 0 else "-inf"


def upward(error):
    """A bound with one digit, rounded up so that it stays a bound.

    >>> upward(3.2e-15), upward(0.02), upward(9.7e-4)
    ('4e-15', '0.02', '0.001')
    """
    if not error > 0 or not isfinite(error):
        return spoken(error) if not isfinite(error) else "0"
    exponent = floor(log10(error))
    first = error / 10.0**exponent if exponent > -300 else 9.0
    shown = int(first) if first - int(first) < 1e-9 else int(first) + 1
    return f"{float(f'{shown}e{exponent}'):g}".replace("e-0", "e-").replace("e+0", "e+")
