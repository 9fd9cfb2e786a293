"""What can be asked of samples: where, how accurately, how many, by whom."""

from math import isfinite


def given(**options):
    """The options that are not None, checked; ValueError says what is wrong with one.

    >>> given(rtol=1e-6, budget=None)
    {'rtol': 1e-06}
    """
    found = {name: value for name, value in options.items() if value is not None}
    for name, value in found.items():
        _CHECKS[name](value)
    return found


def _bounds(bounds):
    pair = isinstance(bounds, (tuple, list)) and len(bounds) == 2
    if not pair or (all(map(_is_number, bounds)) and not bounds[0] < bounds[1]):
        raise ValueError(f"bounds is a pair (lowest, highest), not {bounds!r}")


def _rtol(rtol):
    if not (_is_number(rtol) and 0 < rtol < 1):
        raise ValueError(f"rtol is a relative error between 0 and 1, as 1e-6, not {rtol!r}")


def _budget(budget):
    if isinstance(budget, bool) or not isinstance(budget, int) or budget < 1:
        raise ValueError(
            f"budget is how often the function may be called, 1 or more, not {budget!r}"
        )


def _noise(noise):
    if not (_is_number(noise) and noise >= 0 and isfinite(noise)):
        raise ValueError(f"noise is how far a value of the function may be off, not {noise!r}")


def _step(step):
    if not (_is_number(step) and step > 0 and isfinite(step)):
        raise ValueError(f"step is the distance of two samples, a positive number, not {step!r}")


def _workers(workers):
    count = isinstance(workers, int) and not isinstance(workers, bool) and workers >= 1
    if not (count or hasattr(workers, "submit")):
        raise ValueError(
            "workers is a number of threads, 1 or more, or an executor with a method submit, "
            f"not {workers!r}"
        )


def _is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool) and value == value


_CHECKS = {
    "bounds": _bounds,
    "rtol": _rtol,
    "budget": _budget,
    "noise": _noise,
    "step": _step,
    "workers": _workers,
}
