"""From the words of the command line to the answer on the screen and the exit code.

0: the answer is there. 1: there is no such derivative, or the function raised.
2: the command, the formula or the file could not be read.
"""

import sys

from ..errors import FormulaError
from .words import Usage, read

FINE, NONE, UNREADABLE = 0, 1, 2


def main(words=None):
    """Run the command; the exit code is returned."""
    try:
        return run(sys.argv[1:] if words is None else words)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader (head, less) has seen enough
        sys.stdout = None
        return FINE
    except OSError as error:  # the disk is full
        sys.stdout = None
        print(f"dfdx: the answer cannot be written: {error}", file=sys.stderr)
        return NONE


def run(words):
    """Read the words, find the answer, show it."""
    wants_json = "--json" in words
    try:
        options = read(words) if words else None
        if options is None or options.help:
            from .help import HELP

            print(HELP, end="")
            return FINE if words else UNREADABLE
        if options.version:
            from .. import __version__

            print(f"dfdx {__version__}")
            return FINE
        return _answer(options)
    except FormulaError as error:
        return _refuse("formula", str(error), wants_json, UNREADABLE, getattr(error, "place", None))
    except Usage as error:
        return _refuse("command", str(error), wants_json, UNREADABLE)
    except Exception as error:
        code = _of_user(error)
        if code is None:
            raise
        return _refuse("function", str(error), wants_json, code)


def _answer(options):
    from .target import find
    from .terminal import terminal

    out = terminal(options.plain)
    if options.command == "data":
        return _data(options, out)
    if options.command == "fit":
        return _fit(options, out)
    target = find(options)
    if options.command == "descend":
        return _descend(target, options, out)
    if options.command == "gradient":
        from .gradients import gradient_answer
        from .show_gradient import gradient_text

        answer = gradient_answer(target, options)
        lines = [] if options.json else gradient_text(answer, out)
        if not options.json and out.picture and len(answer["variables"]) == 2:
            from .drawing import gradient_drawing

            picture = gradient_drawing(target, answer, out)
            lines += ["", *picture] if picture else []
        good = answer["exists"] is not False
        good = good and answer.get("along", {}).get("message") is None
    else:
        from .answers import derivative_answer
        from .show import derivative_text

        answer = derivative_answer(target, options)
        lines = [] if options.json else derivative_text(answer, out)
        good = all(point["exists"] for point in answer["points"])
        drawn = len(answer["points"]) == 1 and answer["points"][0].get("error_curve") is not None
        if len(answer["points"]) == 1 and out.picture and not options.json and not drawn:
            from .drawing import drawing

            picture = drawing(target, answer, out)
            lines += ["", *picture] if picture else []
    if options.json:
        from .data import derivative_json, gradient_json

        lines = [(gradient_json if options.command == "gradient" else derivative_json)(answer)]
    _print(lines)
    return FINE if good else NONE


def _data(options, out):
    from .measured import measured_answer

    answer = measured_answer(options)
    if options.json:
        from .data import measured_json

        _print([measured_json(answer)])
    else:
        from .show_measured import measured_text

        _print(measured_text(answer, out))
    return FINE


def _descend(target, options, out):
    from .descents import descent_answer

    answer = descent_answer(target, options)
    if options.json:
        from .data import descent_json

        _print([descent_json(answer)])
    else:
        from .show_descent import descent_drawing, descent_text

        lines = descent_text(answer, out)
        picture = descent_drawing(target, answer, out) if out.picture else []
        _print([*lines, "", *picture] if picture else lines)
    return FINE if answer["message"] is None else NONE


def _fit(options, out):
    from .fits import fit_answer

    answer = fit_answer(options)
    if options.json:
        from .data import fit_json

        _print([fit_json(answer)])
    else:
        from .show_fit import fit_text

        _print(fit_text(answer, out))
    return FINE if answer["converged"] else NONE


def _print(lines):
    """The lines on standard output; a sign that it cannot write is replaced."""
    text = "\n".join(lines) + "\n"
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except UnicodeEncodeError:
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()


def _of_user(error):
    """The exit code for an error of the user's code or file; None for one of ours."""
    from .code import Broken

    if not isinstance(error, Broken):
        return None
    return UNREADABLE if error.unread else NONE


def _refuse(kind, message, wants_json, code, place=None):
    if wants_json:
        from .data import error_json

        _print([error_json(kind, message, place)])
    else:
        sys.stdout.flush()
        print(f"dfdx: {message}", file=sys.stderr)
    return code
