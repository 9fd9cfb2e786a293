"""Bridges to libraries with derivatives of their own: their tensors through our functions, and back.

A bridge hands over two things: a value, and what a covector on the value becomes on the arguments. That is a
function too, so it is handed over the same way, and derivatives of any order pass.
"""

from importlib import import_module

_MODULES = ("jax", "torch")


def __getattr__(name):
    if name in _MODULES:
        return import_module(f".{name}", __name__)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
