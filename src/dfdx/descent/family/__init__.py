"""The family of descent: each method in a few lines, by its textbook name.

Two kinds. A *rule* makes the next step of the gradient and of a rate that somebody chose:

    start(n)                       its memory: a dict of arrays, of n numbers each
    change(x, g, k, memory, rate)  what step k adds to x

A *direction* says which way to go, and a line search finds how far:

    start(n)                                 its memory
    direction(x, g, memory, hessian)         a vector along which f falls
    learn(memory, moved, turned, g, before)  what a step `moved` taught, on which g changed by `turned`
    first(value, slope, memory)              the first length to try; None: a step as long as the last ones
    search                                   the line search it needs

Memories are plain arrays, so that a search can be stored and continued bit for bit.
"""

from .adaptive import AdaGrad, Adam, AdamW, RMSProp
from .conjugate import ConjugateGradient
from .newton import Newton
from .plain import Gradient, Momentum, Nesterov
from .secant import BFGS, LBFGS
from .squares import GaussNewton, LevenbergMarquardt

NAMED = {
    "gradient": Gradient,
    "momentum": Momentum,
    "nesterov": Nesterov,
    "adagrad": AdaGrad,
    "rmsprop": RMSProp,
    "adam": Adam,
    "adamw": AdamW,
    "conjugate": ConjugateGradient,
    "newton": Newton,
    "bfgs": BFGS,
    "l-bfgs": LBFGS,
    "gauss-newton": GaussNewton,
    "levenberg-marquardt": LevenbergMarquardt,
}
_ALSO = {
    "gradient descent": "gradient",
    "steepest": "gradient",
    "gd": "gradient",
    "sgd": "gradient",
    "conjugate gradient": "conjugate",
    "cg": "conjugate",
    "lbfgs": "l-bfgs",
    "gn": "gauss-newton",
    "lm": "levenberg-marquardt",
}


def method_of(name):
    """The method of that name; a method itself is taken as it is.

    >>> method_of("momentum")
    Momentum(keep=0.9)
    """
    if not isinstance(name, str):
        if isinstance(name, type) and name in NAMED.values():
            return name()
        if hasattr(name, "start"):
            return name
        raise TypeError(
            f"method is a name ({', '.join(NAMED)}) or a method such as Adam(first=0.8), not {name!r}"
        )
    word = name.lower().replace("_", "-")
    word = _ALSO.get(word.replace("-", " "), _ALSO.get(word, word))
    if word not in NAMED:
        from difflib import get_close_matches

        near = get_close_matches(word, NAMED, 1)
        meant = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"there is no method {name!r}{meant} (there are: {', '.join(NAMED)})")
    return NAMED[word]()
