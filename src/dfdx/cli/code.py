"""Functions in the user's own files: `model.py:f`, `package.module:f`."""

import gc
import os
import sys

from .words import Usage


class Broken(Exception):
    """The user's code raised; the message shows their lines. `unread`: already while it was loaded."""

    def __init__(self, message, unread=False):
        super().__init__(message)
        self.unread = unread


def load(target):
    """The function that `model.py:f` or `package.module:f` names.

    Raises Usage where there is no such file, module or function, Broken where the
    file itself raises.
    """
    gc.enable()  # the command starts without
    place, _, name = target.rpartition(":")
    place, name = place.strip(), name.strip()
    if not place or not name:
        raise Usage(f"a function in a file is named like model.py:f, not {target}")
    module = _file(place) if place.endswith(".py") else _module(place)
    found = module
    for part in name.split("."):
        if not hasattr(found, part):
            raise Usage(f"there is no {name} in {place}{_functions(module, name)}")
        found = getattr(found, part)
    if not callable(found):
        raise Usage(f"{name} in {place} is not a function{_functions(module)}")
    return found


def _file(path):
    from importlib.util import module_from_spec, spec_from_file_location

    path = os.path.expanduser(path)
    if not os.path.isfile(path):
        raise Usage(f"there is no file {path}{_files(path)}")
    name = os.path.splitext(os.path.basename(path))[0]
    name = f"_{name}" if name in sys.modules or name in sys.stdlib_module_names else name
    sys.path.insert(0, os.path.dirname(os.path.abspath(path)))  # as for `python model.py`
    spec = spec_from_file_location(name, path)
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise Broken(told(error, f"{path} cannot be read"), unread=True) from None
    return module


def _module(name):
    from importlib import import_module

    if not all(part.isidentifier() for part in name.split(".")):
        hint = "; write the formula alone, without lambda" if name.startswith("lambda") else ""
        raise Usage(
            f"{name} is neither a Python file (model.py:f) nor a module (package.module:f){hint}"
        )
    sys.path.insert(0, os.getcwd())
    try:
        return import_module(name)
    except Exception as error:
        gone = isinstance(error, ModuleNotFoundError) and error.name
        if gone and (name == gone or name.startswith(f"{gone}.")):
            raise Usage(f"there is no module {name} here or among the installed ones") from None
        raise Broken(told(error, f"{name} cannot be imported"), unread=True) from None


def told(error, what):
    """An exception of the user's code: what it is, and the lines of theirs that it passed."""
    from traceback import extract_tb

    text = f"{what}: {type(error).__name__}" + (f": {error}" if str(error) else "")
    if isinstance(error, SyntaxError) and error.filename:
        return f"{text}\n    {error.filename}:{error.lineno}   {(error.text or '').strip()}"
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep
    frames = list(extract_tb(error.__traceback__))
    first = max(
        (k for k, frame in enumerate(frames) if frame.filename.startswith(ours)), default=-1
    )
    for frame in frames[first + 1 :]:
        if not frame.filename.startswith("<frozen"):
            where = f"{os.path.basename(frame.filename)}:{frame.lineno}"
            text += f"\n    {where}   in {frame.name}:   {frame.line}"
    return text


def parameters(f):
    """`(names, how many of them need a value)` of the positional parameters of a function."""
    from inspect import Parameter, signature

    try:
        found = list(signature(f).parameters.values())
    except (TypeError, ValueError):
        return ["x"], 1
    kinds = (Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD)
    placed = [p for p in found if p.kind in kinds]
    if not placed and any(p.kind is Parameter.VAR_POSITIONAL for p in found):
        return ["x"], 1
    return [p.name for p in placed], sum(p.default is Parameter.empty for p in placed)


def _functions(module, wanted=""):
    """What may have been meant: the functions with a similar name, or the first ones."""
    names = [
        n
        for n, v in vars(module).items()
        if callable(v)
        and not n.startswith("_")
        and getattr(v, "__module__", None) == module.__name__
    ]
    from ..capture.formula.errors import nearest

    similar = nearest(wanted, names)
    if similar:
        return f"; did you mean {' or '.join(similar)}?"
    more = ", …" if len(names) > 8 else ""
    return f"; its functions are {', '.join(names[:8])}{more}" if names else ""


def _files(path):
    folder = os.path.dirname(path) or "."
    if not os.path.isdir(folder):
        return f": there is no folder {folder}"
    from ..capture.formula.errors import nearest

    found = nearest(os.path.basename(path), [n for n in os.listdir(folder) if n.endswith(".py")])
    return f"; did you mean {os.path.join(os.path.dirname(path), found[0])}?" if found else ""
