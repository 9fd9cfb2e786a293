"""What SciPy's minimisers take, and which of them suits a problem."""

from ..trees import describe

# name -> what it takes: g gradient, h Hessian, p product with it, b bounds, c constraints
TAKES = {
    "bfgs": "g", "cg": "g", "l-bfgs-b": "gb", "tnc": "gb", "slsqp": "gbc", "trust-constr": "ghpbc",
    "newton-cg": "gp", "trust-ncg": "gp", "trust-krylov": "gp", "trust-exact": "gh", "dogleg": "gh",
    "nelder-mead": "b", "powell": "b", "cobyla": "bc", "cobyqa": "bc",
}  # fmt: skip
NAMES = {
    "bfgs": "BFGS", "cg": "CG", "l-bfgs-b": "L-BFGS-B", "tnc": "TNC", "slsqp": "SLSQP",
    "newton-cg": "Newton-CG", "nelder-mead": "Nelder-Mead", "powell": "Powell", "cobyla": "COBYLA",
    "cobyqa": "COBYQA",
}  # fmt: skip
FEW = 20  # beyond, SciPy's BFGS spends more time on its matrix than on f
MANY = 100  # beyond, a matrix of n × n is more work than a product with it
_STEPS = 200  # for each parameter, with a floor

# those that end by the gradient
_GRADIENT = frozenset(
    (
        "bfgs",
        "cg",
        "l-bfgs-b",
        "tnc",
        "trust-constr",
        "trust-ncg",
        "trust-krylov",
        "trust-exact",
        "dogleg",
    )
)
# the other tests of a method, made so small that the gradient decides
_REST = {
    "l-bfgs-b": {"ftol": 0.0, "maxls": 40, "maxcor": 20},
    "tnc": {"ftol": 0.0, "xtol": 1e-15},
    "newton-cg": {"xtol": 1e-12},
    "slsqp": {"ftol": 1e-15},
    "trust-constr": {"xtol": 1e-12},
    "nelder-mead": {"xatol": 1e-8, "fatol": 1e-12},
    "powell": {"xtol": 1e-8, "ftol": 1e-12},
    "cobyla": {"tol": 1e-8},
    "cobyqa": {"final_tr_radius": 1e-8},
}


def method_for(method, size, bounded, constrained):
    """The method in small letters: the one that is named, or the one that suits.

    Raises ValueError for a name that is none, and where it takes no bounds or constraints.
    """
    if method is None:
        if constrained:
            return "slsqp"
        return "l-bfgs-b" if bounded or size > FEW else "bfgs"
    if not isinstance(method, str):
        raise TypeError(f"method is the name of one of SciPy's minimisers, not {describe(method)}")
    key = method.lower().replace("_", "-")
    if key not in TAKES:
        known = ", ".join(NAMES.get(k, k) for k in TAKES)
        raise ValueError(f"no method {method!r}; there are {known}")
    for takes, asked, what in (("b", bounded, "bounds"), ("c", constrained, "constraints")):
        if asked and takes not in TAKES[key]:
            able = ", ".join(NAMES.get(k, k) for k, facts in TAKES.items() if takes in facts)
            raise ValueError(f"{method} takes no {what}; {able} do")
    return key


def options_for(key, tolerance, steps, size):
    """The options of a method under which the gradient decides when it ends."""
    most = steps if steps is not None else max(1000, _STEPS * size)
    options = {"maxiter": most, **_REST.get(key, {})}
    if key in _GRADIENT:
        options["gtol"] = tolerance
    if key in ("tnc", "l-bfgs-b"):
        options["maxfun"] = 100 * most if key == "l-bfgs-b" else 20 * most
    if key == "tnc":
        options["maxfun"] = options.pop("maxiter")
    return options
