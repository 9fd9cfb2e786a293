"""The answer as JSON, for programs: numbers in full, null for what is not known."""

from ..explain.told import back_data, plain, step_data


def derivative_json(answer):
    """The answer to `dfdx FORMULA` as one JSON text."""
    return _written({**answer, "points": [_point(p) for p in answer["points"]]})


def gradient_json(answer):
    """The answer to `dfdx gradient FORMULA` as one JSON text."""
    found = dict(answer)
    if found.get("steps"):
        forward, backward = found["steps"]
        found["steps"] = {"forward": step_data(forward), "backward": back_data(backward)}
    return _written(found)


def measured_json(answer):
    """The answer to `dfdx data FILE` as one JSON text."""
    return _written({key: value for key, value in answer.items() if key != "places"})


def descent_json(answer):
    """The answer to `dfdx descend` as one JSON text."""
    return _written({key: value for key, value in answer.items() if key != "found"})


def fit_json(answer):
    """The answer to `dfdx fit` as one JSON text."""
    return _written({key: value for key, value in answer.items() if key != "curve"})


def error_json(kind, message, place=None):
    """An error as one JSON text."""
    error = {"kind": kind, "message": message}
    if place is not None:
        error["place"] = list(place)
    return _written({"error": error})


def _point(point):
    found = dict(point)
    if found.get("steps") is not None:
        found["steps"] = step_data(found["steps"])
    if found.get("error_curve") is not None:
        found["error_curve"] = _study(found["error_curve"])
    if "quotients" in found:
        found["quotients"] = [{k: getattr(q, k) for k in q.__slots__} for q in found["quotients"]]
    return found


def _study(curve):
    """The numbers of an error-versus-h study."""
    names = ("h", "estimate", "error", "truncation", "roundoff")
    rows = {name: getattr(curve, name).tolist() for name in names}
    return {"formula": str(curve.stencil), "best": curve.best, "seen": curve.seen, **rows}


def _written(data):
    from json import dumps

    return dumps(_plain(data), ensure_ascii=False, indent=2)


def _plain(data):
    if isinstance(data, dict):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_plain(value) for value in data]
    return plain(data)
