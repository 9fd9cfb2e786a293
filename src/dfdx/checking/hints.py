"""The usual mistakes, tried one after the other: which of them would explain the difference?"""

from math import isclose, log, pi

import numpy as np

from .points import fresh
from .terms import term_hints

_LIKE = 1e-7
_MOST = 2

FACTORS = {
    -1.0: "the sign is wrong",
    2.0: "it is twice what it should be: a factor 2 too many",
    0.5: "it is half of what it should be: the 2 of a square is missing",
    -2.0: "it is −2 times what it should be",
    -0.5: "it is −½ times what it should be",
    180 / pi: "it is 180/π times too large: degrees where radians are meant",
    pi / 180: "it is π/180 of what it should be: degrees where radians are meant",
    log(10): "it is ln 10 times too large: log10 and ln are mixed up",
    1 / log(10): "it is ln 10 times too small: log10 and ln are mixed up",
    log(2): "it is ln 2 of what it should be: log2 and ln, or 2^x and e^x, are mixed up",
    1 / log(2): "it is 1/ln 2 times too large: log2 and ln are mixed up",
    2 * pi: "it is 2π times too large: frequency and angular frequency are mixed up",
    1 / (2 * pi): "it is 2π times too small: frequency and angular frequency are mixed up",
}


class Told:
    """The facts of one point that has mistakes: arguments, numbers given and expected, where they differ."""

    __slots__ = ("args", "exact", "given", "given_all", "layout", "places", "shapes")

    def __init__(self, args, given, values, places):
        self.args, self.places = args, places
        self.layout, self.shapes = given.layout, given.shapes
        self.given_all, self.exact = values[0], values[1]
        self.given = given


def hints(f, df, facts, order):
    """Sentences, the most telling first; none where no usual mistake fits.

    `facts` are (arguments, Given, (given, expected, errors), places that differ) of the points.
    """
    told = [Told(*fact) for fact in facts if len(fact[3])]
    if not told:
        return []
    told = [t for t in told if np.isfinite(t.given_all).all() and np.isfinite(t.exact).all()]
    if not told:
        return []
    found = []
    for rule in _RULES:
        with np.errstate(all="ignore"):
            try:
                found += [h for h in rule(f, df, told, order) if h not in found]
            except (
                Exception
            ):  # the report stands without a hint; f or df may not like to be called again
                continue
        if len(found) >= _MOST:
            break
    return found[:_MOST]


def like(a, b):
    """True for arrays that are the same up to rounding."""
    return bool(
        np.allclose(a, b, rtol=_LIKE, atol=_LIKE * float(np.max(np.abs(b), initial=0.0)) * 1e-3)
    )


def _factor(f, df, told, order):
    """All components, or all that differ, are the same multiple of what they should be."""
    for which in ("all", "differing"):
        parts = [slice(None) if which == "all" else t.places for t in told]
        given = np.concatenate([t.given_all[p] for t, p in zip(told, parts, strict=True)])
        exact = np.concatenate([t.exact[p] for t, p in zip(told, parts, strict=True)])
        if not given.any():
            name = "df gives 0" if which == "all" else _named(told)
            yield f"{name} everywhere" if which == "all" else f"{name} is 0: its term is missing"
            return
        there = exact != 0
        if not there.any():
            continue
        factor = float(np.median(given[there] / exact[there]))
        if not like(given, factor * exact) or abs(factor - 1) < 1e-5:
            continue
        words = _factor_words(factor, told)
        if words is None and (given.size < 3 or which != "all"):
            continue
        words = words or f"it is {factor:.6g} times what it should be, in all components"
        if which == "differing" and any(t.places.size < t.exact.size for t in told):
            words = (
                words.replace("it is", f"{_named(told)} is", 1)
                if "it is" in words
                else f"{words} in {_named(told)}"
            )
        yield words
        return


def _factor_words(factor, told):
    for known, words in FACTORS.items():
        if isclose(factor, known, rel_tol=_LIKE):
            return words
    for n, what in {(told[0].shapes.n, "components"), (told[0].shapes.m, "values")}:
        if n > 2 and isclose(factor, n, rel_tol=_LIKE):
            return f"it is {n} times too large, the number of {what}: a sum where a mean is meant"
        if n > 2 and isclose(factor, 1 / n, rel_tol=_LIKE):
            return f"it is 1/{n} of what it should be, {n} {what}: a mean where a sum is meant"
    return None


def _named(told):
    """The component, or how many there are, that differ."""
    labels = dict.fromkeys(t.layout.label(int(k)) for t in told for k in t.places)
    return next(iter(labels)) if len(labels) == 1 else "what differs"


def _offset(f, df, told, order):
    """All differ by the same number."""
    off = np.concatenate([(t.given_all - t.exact)[t.places] for t in told])
    if off.size > 1 and like(off, np.full(off.shape, off[0])) and off[0]:
        yield f"it is off by the same number everywhere, {off[0]:.6g}: a constant was not differentiated away"


def _places(f, df, told, order):
    """The right numbers in the wrong places."""
    t = told[0]
    given, exact, places = t.given_all, t.exact, t.places
    if given.size < 2 or t.given.kind not in ("gradient", "elementwise", "derivative"):
        return
    if places.size == 2 and like(given[places], exact[places[::-1]]):
        i, j = (t.layout.label(int(k)) for k in places)
        yield f"{i} and {j} are swapped"
    elif given.size > 2 and like(given, exact[::-1]):
        yield "the components are in reverse order"
    elif given.size > 2 and any(like(given, np.roll(exact, k)) for k in (1, -1)):
        yield "the components are shifted by one place"


def _table(f, df, told, order):
    """A matrix that is transposed, not symmetric, or half filled."""
    t = told[0]
    shapes, kind = t.shapes, t.given.kind
    m = shapes.n if kind == "hessian" else shapes.m
    if kind not in ("jacobian", "hessian") or m != shapes.n or m < 2:
        return
    given, exact = np.zeros((m, m)), np.zeros((m, m))
    given[t.layout.rows, t.layout.columns] = t.given_all
    exact[t.layout.rows, t.layout.columns] = t.exact
    if kind == "jacobian" and like(given, exact.T):
        yield "the Jacobian is transposed: row i is for value i, column j for argument j"
    if kind == "hessian":
        if like(given, np.triu(exact)) or like(given, np.tril(exact)):
            yield "one triangle is missing: the Hessian is symmetric"
        elif like(given, np.diag(np.diag(exact))):
            yield "only the diagonal is there: the mixed derivatives are missing"
        elif not like(given, given.T):
            i, j = np.unravel_index(np.argmax(np.abs(given - given.T)), given.shape)
            a, b = float(given[i, j]), float(given[j, i])
            yield f"it is not symmetric, as a Hessian is: [{i}, {j}] is {a:.6g}, [{j}, {i}] is {b:.6g}"


def _of_another(f, df, told, order):
    """The derivative of log f or of f², where f is one number."""
    t = told[0]
    if not t.shapes.is_scalar or t.given.kind not in ("derivative", "gradient") or order > 1:
        return
    values = [float(np.asarray(f(*fresh(p.args)))) for p in told]
    for power, words in ((-1, "of log f"), (1, "of f²/2")):
        made = np.concatenate(
            [p.exact * y**power if y else p.exact for p, y in zip(told, values, strict=True)]
        )
        if like(np.concatenate([p.given_all for p in told]), made) and abs(values[0] - 1) > 1e-3:
            yield f"it is the derivative {words}, not of f"


def _arguments(f, df, told, order):
    """df takes two arguments in the other order."""
    t = told[0]
    if len(t.args) != 2 or t.given.answer is None:
        return
    try:
        turned = t.layout.read(df(*fresh((t.args[1], t.args[0]))))
    except Exception:  # it cannot be called that way
        return
    if like(turned, t.exact) and not like(t.given_all, t.exact):
        yield "df takes its two arguments in the other order"


def _terms(f, df, told, order):
    """A factor of the chain rule, or a term of the product rule, is missing."""
    t = told[0]
    if t.given.kind in ("derivative", "gradient") and order == 1:
        yield from term_hints(f, t)


def _digits(f, df, told, order):
    """Nearly right: an approximation."""
    given = np.concatenate([t.given_all[t.places] for t in told])
    exact = np.concatenate([t.exact[t.places] for t in told])
    with np.errstate(divide="ignore", invalid="ignore"):
        off = float(np.max(np.abs(given - exact) / np.abs(exact), initial=0.0))
    if off < 1e-3:
        digits = int(-np.log10(off) + 0.01)
        yield f"it agrees to {digits} digits: a difference quotient, or a constant with too few digits"


_RULES = (_table, _factor, _offset, _places, _of_another, _arguments, _terms, _digits)
