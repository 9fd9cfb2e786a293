"""What a card names in SciPy or mpmath when a plain name does not do.

SciPy returns some functions together with their slope or their second solution:
`part` is one of them. mpmath lacks inverses and the distribution functions; here
they are made of what it has.
"""


def part(name, index):
    """One of the functions that `scipy.special.<name>` returns together.

    >>> round(float(part("sici", 0)(1.0)), 12)
    0.946083070367
    """

    def function(*args):
        from scipy import special

        return getattr(special, name)(*args)[index]

    return function


def whole(name, place=0):
    """A function of SciPy that is at its best (or works at all) for a whole number at `place`.

    Whole numbers that come as floats are made integers; others go through as they are.
    """

    def function(*args):
        import numpy as np
        from scipy import special

        n = np.asarray(args[place])
        if n.dtype.kind == "f" and not np.any(n % 1):
            args = (*args[:place], n.astype(int), *args[place + 1 :])
        return getattr(special, name)(*args)

    return function


def gamma_lower(mp, a, x):
    """P(a, x)."""
    return mp.gammainc(a, 0, x, regularized=True)


def gamma_upper(mp, a, x):
    """Q(a, x)."""
    return mp.gammainc(a, x, regularized=True)


def beta_lower(mp, a, b, x):
    """I(a, b, x)."""
    return mp.betainc(a, b, 0, x, regularized=True)


def inverse(name, function):
    """mpmath's value of the card `name`, the inverse of `function(mp, *others, x)` in x.

    The secant method starts from the card's own value, of which it needs a few digits.
    """

    def exact(mp, *args):
        from ..pointwise import CARDS

        *others, target = args
        numbers = (a if type(a) is int else float(a) for a in args)
        x = mp.mpf(float(CARDS[name].on_arrays(*numbers)))
        miss = function(mp, *others, x) - target
        step = x * mp.mpf(10) ** -14
        for _ in range(20):
            x += step
            before, miss = miss, function(mp, *others, x) - target
            if abs(step) < abs(x) * mp.eps or miss == before:
                break
            step *= miss / (before - miss)
        return x

    return exact
