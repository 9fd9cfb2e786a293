"""dfdx: the derivative of what you have.

>>> import dfdx
>>> dfdx.derivative(lambda x: x**2, 3)
6.0

Names are loaded when they are first used, so importing the package costs nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

# name -> where it lives (":name" where it is called otherwise there)
_HOMES = {
    "derivative": "calculus.derivative",
    "partial": "calculus.gradient",
    "gradient": "calculus.gradient",
    "jacobian": "calculus.jacobian",
    "hessian": "calculus.jacobian",
    "directional_derivative": "calculus.directional",
    "tangent": "calculus.tangent",
    "Tangent": "calculus.tangent",
    "taylor": "calculus.taylor",
    "Series": "calculus.taylor",
    "laplacian": "calculus.fields",
    "divergence": "calculus.fields",
    "curl": "calculus.fields",
    "flatten": "calculus.flat",
    "descend": "descent.descend",
    "find_rate": "descent.descend",
    "train": "descent.train",
    "rule": "calculus.rule",
    "minimize": "descent.minimize",
    "fit": "equations.fit",
    "Fit": "equations.fitted",
    "solve": "equations.solve",
    "covariance": "equations.likelihood",
    "standard_errors": "equations.likelihood",
    "check": "checking.check",
    "error_curve": "explain.error_curve",
    "sampled": "measurements",
    "formula": "capture.formula:parse",
    "Formula": "capture.formula",
    "Estimate": "estimate",
    "NotDifferentiable": "errors",
    "NotTraceable": "errors",
    "NoRule": "errors",
    "NotConverged": "errors",
    "FormulaError": "errors",
    "AccuracyWarning": "errors",
}

_MODULES = ("bridges", "compat", "descent", "differences", "testing")

__all__ = [*_HOMES, *_MODULES, "__version__"]


def __getattr__(name):
    if name in _MODULES:
        return import_module(f".{name}", __name__)
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'dfdx' has no attribute {name!r}")
    module, _, attribute = home.partition(":")
    value = getattr(import_module(f".{module}", __name__), attribute or name)
    globals()[name] = value
    return value


def __dir__():
    return sorted(__all__)
