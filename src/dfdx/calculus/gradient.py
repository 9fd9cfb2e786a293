"""Gradient and partial derivatives of a function of several variables."""

from ..estimate import Estimate
from ..methods.accuracy import gradient_errors, rule_notes
from ..methods.gradients import gradient_at
from ..methods.ladder import SAMPLING, Sampling
from .form import called
from .operator import Derived, need_known, operator


class Gradient(Derived):
    operator = "gradient"
    options: tuple[str, ...] = ("wrt", *SAMPLING)
    guide = """All partial derivatives of a function whose value is one number.

    What is passed by position varies, what is passed by name is held fixed; `wrt`
    (a place, a name, or several) says otherwise. Several numbers give a vector;
    otherwise the gradient has the structure of the argument: an array, a dict, a
    list, a tuple, a dataclass. Where the function has a kink, the generalised
    gradient of least norm (0 for |x| at 0): `.estimate` says so in its notes. A function
    that cannot be traced is sampled; `method="exact"` refuses, `method="differences"`
    demands that, and `bounds`, `rtol`, `budget`, `noise`, `step`, `workers` say how.

    Raises TypeError when the function returns more than one number.

    >>> gradient(lambda x, z: 2 * z**3 * x**2, 1, 2)
    array([32., 24.])
    >>> gradient(lambda p: p["a"] ** 2 * p["b"])({"a": 3.0, "b": 2.0})
    {'a': 12.0, 'b': 9.0}
    """

    def __init__(self, f, *, wrt=None, **sampling):
        super().__init__(f)
        self.wrt = wrt
        self.sampling = Sampling(**sampling)

    def __call__(self, *point, **fixed):
        call, form = called(self, self.wrt, point, fixed)
        return form.pack(gradient_at(call, self.sampling).released())

    def estimate(self, *point, rigorous=False, **fixed):
        """The gradient as an Estimate; `error` has the form of the gradient.

        With `rigorous=True` the errors are proven, as `derivative(f).estimate` says.
        """
        call, form = called(self, self.wrt, point, fixed)
        if rigorous:
            return self._proven(call, form)
        a = gradient_at(call, self.sampling)
        errors = gradient_errors(a, call)
        return Estimate(
            form.pack(a.value),
            form.pack(errors),
            a.method,
            a.evaluations,
            notes=(*a.notes, *rule_notes(a)),
        )

    @staticmethod
    def _proven(call, form):
        from ..methods.proven import METHOD, proven  # late: python-flint is an extra

        n = len(call.leaves)
        units = [[float(j == k) for j in range(n)] for k in range(n)]
        found, notes = proven(call, 1, units)
        values, errors = zip(*found, strict=True)
        return Estimate(form.pack(values), form.pack(errors), METHOD, notes=notes)


gradient = operator(Gradient)


class Partial(Gradient):
    operator = "partial"
    options = SAMPLING
    guide = """One partial derivative, with respect to the argument of that name or place.

    >>> partial(lambda x, y: x**2 * y, "y")(3, 5)
    9.0
    >>> partial(lambda x, y: x**2 * y, 0, 3, 5)
    30.0
    """

    def __init__(self, f, which=0, **options):
        super().__init__(f, wrt=which, **options)


def partial(f, which, *point, **options):
    need_known(Partial, options)
    own = getattr(type(f), "__differentiated__", None)
    derived = own(f, "partial", wrt=which) if own else None
    if derived is None:
        derived = Partial(f, which, **options)
    return derived(*point) if point else derived


partial.__doc__ = Partial.guide
partial.kind = Partial  # type: ignore[attr-defined]
