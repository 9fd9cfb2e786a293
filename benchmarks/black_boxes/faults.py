"""What is wrong with an answer, for people."""

from .summary import sides_right

GRADES = ("WRONG", "NOT TOLD", "DENIED", "BAR TOO SMALL", "CRASH", "REFUSED", "ONE SIDE", "COUNT")


def fault(score):
    """What is wrong with an answer, the worst first, or None."""
    case, outcome = score.case, score.outcome
    if outcome.crash:
        return "CRASH"
    if not case.exists:
        return "NOT TOLD" if score.wrong else None if sides_right(score) else "ONE SIDE"
    if score.wrong:
        return "WRONG"
    if score.covered is False and not outcome.flag:
        return "BAR TOO SMALL"
    if not score.answered:
        return "DENIED" if outcome.method == "denied" else "REFUSED"
    if outcome.stated_calls is not None and outcome.stated_calls != outcome.calls:
        return "COUNT"
    return None


def line(score):
    """A case and what was answered, in one line."""
    case, o = score.case, score.outcome
    want = "none" if not case.exists else f"{float(case.answer):.17g}"
    digits = "" if score.digits is None else f"{score.digits:.1f} digits"
    flag = o.crash or o.flag.partition("\n")[0][:100]
    said = flag or f"{o.value!r} ± {o.error:.2g}"
    sides = "" if case.exists else f" left {o.left} right {o.right}, want {case.left} {case.right}"
    at = f"{case.group}: {case.name} at {case.x!r}, order {case.order}"
    return f"{at}: {said}; true {want} {digits}{sides}; {o.calls} calls"
