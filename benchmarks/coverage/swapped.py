"""A module of the corpus with its imports swapped for those of another library.

The text is rewritten as a person would do it who wants the function to work: `np`
becomes the library's NumPy, `math` too, SciPy's modules become the library's where
it has them. What its NumPy lacks is taken from NumPy itself.
"""

import re
import sys
from importlib import import_module
from types import ModuleType

from . import ROOT

CORPUS = ROOT / "tests" / "capture" / "corpus"

# what `math` calls otherwise than NumPy does
_NAMES = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "atan2": "arctan2", "asinh": "arcsinh",
    "acosh": "arccosh", "atanh": "arctanh", "pow": "power", "fabs": "abs", "fsum": "sum",
}  # fmt: skip


class Library(ModuleType):
    """The first of several modules that knows a name gives it."""

    def __init__(self, name, modules, names=None):
        super().__init__(name)
        self.__dict__.update(_modules=modules, _names=names or {})
        public = (n for m in modules for n in dir(m) if not n.startswith("_"))
        self.__all__ = sorted({*public, *self._names})

    def __getattr__(self, name):
        for module in self._modules:
            for n in (name, self._names.get(name, name)):
                if hasattr(module, n):
                    return getattr(module, n)
        raise AttributeError(f"{self.__name__} has no {name}")


def load(group, libraries, edits=()):
    """The module with every import of a library named in `libraries` replaced, and texts edited."""
    text = (CORPUS / f"{group}.py").read_text(encoding="utf-8")
    for name in libraries:
        sys.modules[_alias(name)] = libraries[name]
    for name in sorted(libraries, key=len, reverse=True):
        dotted = re.escape(name)
        text = re.sub(rf"^from {dotted} import", f"from {_alias(name)} import", text, flags=re.M)
        text = re.sub(rf"^import {dotted} as", f"import {_alias(name)} as", text, flags=re.M)
        top = name.partition(".")[0]  # `import scipy.linalg` binds scipy
        text = re.sub(rf"^import {dotted}$", f"import {_alias(top)} as {top}", text, flags=re.M)
    for pattern, replacement in edits:
        text = re.sub(pattern, replacement, text)
    module = ModuleType(f"corpus_{group}")
    sys.modules[module.__name__] = module
    exec(compile(text, f"<{group}>", "exec"), module.__dict__)
    return module


def _alias(name):
    return "swapped_" + name.replace(".", "_")


def optional(*names):
    """Those of the modules that there are."""
    found = []
    for name in names:
        try:
            found.append(import_module(name))
        except ImportError:
            continue
    return found
