"""What can go wrong, said so that a person can act on it.

Every error subclasses a builtin, so code that already catches `ArithmeticError`
or `TypeError` keeps working.
"""

import os
import sys

_HOME = os.path.dirname(os.path.abspath(__file__)) + os.sep


class NotDifferentiable(ArithmeticError):
    """The derivative does not exist here; `left` and `right` are the one-sided ones.

    A side without a limit is `nan`; a vertical tangent is `inf` or `-inf`.
    """

    def __init__(self, message, left=float("nan"), right=float("nan")):
        super().__init__(message)
        self.left = left
        self.right = right

    def __reduce__(self):
        return type(self), (self.args[0], self.left, self.right)


class NotTraceable(TypeError):
    """The function needs plain numbers at a place where exact differentiation cannot follow."""


class NoRule(NotImplementedError):
    """A primitive has no rule for what was asked of it; `given`: the user's own rule lacks it."""

    given = False


class NotConverged(ArithmeticError):
    """A limit or an iteration did not settle within its budget."""


class NotReal(TypeError, ValueError):
    """A complex number where a real one is needed: here the function leaves its real domain."""


class FormulaError(ValueError):
    """A typed formula could not be read; the message shows the place with a caret."""


class AccuracyWarning(UserWarning):
    """The number returned is less accurate than usual, or differs from the usual meaning."""


class Leak(BaseException):
    """Internal: a traced value was about to become a plain number.

    Derived from BaseException so that a user's `except Exception` does not hide it.
    """


def user_line():
    """Where in the user's code we are: `(file, line number, text)` of the nearest frame outside dfdx."""
    import linecache  # late: it imports `re` and `tokenize`, a third of the time of an empty Python

    frame = sys._getframe(1)
    while frame is not None:
        name = frame.f_code.co_filename
        if not name.startswith(_HOME) and not _is_library(name):
            text = linecache.getline(name, frame.f_lineno, frame.f_globals).strip()
            return name, frame.f_lineno, text
        frame = frame.f_back
    return "", 0, ""


def _is_library(name):
    return f"{os.sep}site-packages{os.sep}numpy{os.sep}" in name


def show_line(where):
    """The line of `user_line` as it stands below an error message."""
    name, number, text = where
    if not name:
        return ""
    if name.startswith("<") and not text:
        return f"\n    {name}:{number}"
    return f"\n    {os.path.basename(name)}:{number}   {text}"
