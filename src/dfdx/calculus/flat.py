"""A function of parameters in any structure, as the function of a vector that solvers take.

Solvers speak vectors, people write dicts, dataclasses, lists of arrays. `Flat` stands between: one vector in,
one number and one vector of partial derivatives out, from one trace; what was asked last is remembered, so
a solver that asks for value and gradient one after the other pays once.
"""

from contextlib import nullcontext
from math import isfinite

import numpy as np

from ..capture.numpy_protocol.plain import plain_of
from ..capture.trace import Call, name_of, output_leaves
from ..methods.gradients import gradient_at
from ..methods.ladder import AS_IT_COMES
from ..primitive import shape_of
from ..structure import reshape, take
from ..trees import flatten as leaves_of
from ..trees import real
from .form import called, parameters
from .jacobian import partials_at, second_partials_at
from .plan import agrees, plan
from .watched import all_numbers, followed, plainly, unnoticed, watched

_PLANNED = (3, 10, 100)  # after so many traces
_NUMBERS = (float, np.float64, int)


class Flat:
    """The function f of what varies, on flat vectors; `point` and `fixed` are those of the one law.

    start        what was passed, as a vector
    evaluations  how often f was called; a gradient with its value counts once
    gradients    how often derivatives were asked for, products with the Hessian included
    notes        what the derivatives had to say: samples, kinks
    """

    def __init__(self, f, point, fixed, wrt=None, sampling=AS_IT_COMES, name="minimize"):
        call, self.form = called(_Named(f, name), wrt, point, fixed)
        self.given = call
        self.alone = nullcontext  # entered around every call of f
        if watched():
            call = Call(call.f, plainly(tuple(call.args)), plainly(dict(call.named)), call.wrt)
            self.alone = unnoticed
        self.call, self.sampling = call, sampling
        self.shapes = [shape_of(leaf) for leaf in call.leaves]
        sizes = [int(np.prod(s)) if s else 1 for s in self.shapes]
        self.ends = np.cumsum([0, *sizes])
        self.start = self._joined(call.leaves)
        self.evaluations = self.gradients = 0
        self.notes = {}
        self.method = ""  # how the last gradient was found
        self._whole = len(self.shapes) == 1 and len(self.shapes[0]) == 1  # one vector
        self._last = self._plan = None
        self._traces = 0

    def __len__(self):
        return int(self.ends[-1])

    def leaves(self, vector):
        """The numbers and arrays that a vector stands for, none of them shared with it."""
        vector = np.array(vector, dtype=float)
        if self._whole:
            return [vector]
        return [
            vector[a:b].reshape(shape) if shape else float(vector[a])
            for a, b, shape in zip(self.ends[:-1], self.ends[1:], self.shapes, strict=True)
        ]

    def pack(self, vector):
        """A vector in the structure of what was passed: parameters, or a gradient by them."""
        return self.form.pack(self.leaves(vector))

    def pack_moving(self, vector):
        """A traced vector in the structure of what was passed."""
        return self.form.pack(
            [
                reshape(take(vector, slice(int(a), int(b))), shape)
                if shape
                else take(vector, int(a))
                for a, b, shape in zip(self.ends[:-1], self.ends[1:], self.shapes, strict=True)
            ]
        )

    def rows(self, matrix):
        """A matrix of the vector's size in both directions, in the structure that `hessian` returns."""
        return self.form.pack(
            [self.form.pack(self._blocks(matrix, k)) for k in range(len(self.shapes))]
        )

    def _blocks(self, matrix, k):
        rows = np.asarray(matrix)[self.ends[k] : self.ends[k + 1]]
        return [
            rows[:, a:b].reshape(*self.shapes[k], *shape)
            if self.shapes[k] or shape
            else float(rows[0, a])
            for a, b, shape in zip(self.ends[:-1], self.ends[1:], self.shapes, strict=True)
        ]

    def _joined(self, leaves):
        """One vector of leaves, arrays and numbers; the caller's own."""
        if len(leaves) == 1:
            return np.array(plain_of(leaves[0]), dtype=float).reshape(-1)
        return np.concatenate([np.ravel(plain_of(x)) for x in leaves]).astype(float, copy=False)

    def at(self, vector):
        """The call of f at a vector."""
        return self.call.moved(self.leaves(vector))

    def value(self, vector):
        """f there, as it returns it when it is called plainly."""
        self.evaluations += 1
        return self._called(vector)

    def _called(self, vector):
        if self.alone is nullcontext:
            return self.call(*self.leaves(vector))
        with self.alone():
            return followed(self.call, self.leaves(vector))

    def number(self, vector):
        """f there, a float; TypeError where it is not one number."""
        if self._is_last(vector):
            return self._last[1]
        found, _ = output_leaves(self.call.f, self.value(vector))
        if len(found) != 1 or shape_of(found[0]):
            raise TypeError(
                f"{self.name} must return one number to be made small; it returned "
                + (f"{len(found)} values" if len(found) != 1 else f"shape {shape_of(found[0])}")
            )
        return float(plain_of(found[0]))

    def _is_last(self, vector):
        """True where the vector is the one that was asked last, bit by bit."""
        return (
            self._last is not None
            and self._last[0].tobytes() == np.asarray(vector, float).tobytes()
        )

    def value_and_gradient(self, vector):
        """`(f, ∇f)` there: a float and a vector, from one trace."""
        if not self._is_last(vector):
            vector = np.array(vector, dtype=float)
            self.evaluations += 1
            self.gradients += 1
            if self._plan is not None and self._by_plan(vector):
                return self._last[1], self._last[2].copy()
            with self.alone():
                answer = gradient_at(self.at(vector), self.sampling)
            self._consider(answer)
            if answer.notes:
                self.notes.update(dict.fromkeys(answer.notes))
            known = answer.trace.values if answer.trace is not None else answer.values
            value = float(plain_of(known[0]) if known else plain_of(self._called(vector)))
            self.method = answer.method
            self._last = vector, value, self._joined(answer.released())
        return self._last[1], self._last[2].copy()

    def _consider(self, answer):
        """Make a plan of a trace, once there were some: a search goes to many points."""
        self._traces += 1
        if self._traces in _PLANNED and self.alone is nullcontext and self.sampling is AS_IT_COMES:
            self._plan = plan(answer.trace) if answer.trace is not None else None

    def _by_plan(self, vector):
        """True where the plan gave the gradient, and f itself confirmed its value."""
        leaves = self.leaves(vector)
        value = self.call(*leaves)  # f is run as it is written, whatever it does beside
        try:
            with np.errstate(all="ignore"):
                planned, slopes = self._plan(leaves)
            slope = slopes[0].copy() if self._whole else self._joined(slopes)
        except (ArithmeticError, ValueError):
            planned = np.nan
        if type(value) not in _NUMBERS or not agrees(planned, value) or not isfinite(slope.sum()):
            self._plan = None  # traced again; a plan that fails now and then is given up
            return False
        self._last = vector, float(value), slope
        return True

    def gradient(self, vector):
        """∇f there, as a vector."""
        return self.value_and_gradient(vector)[1]

    def values(self, vector):
        """All numbers that f returns there, as a vector."""
        found, _ = output_leaves(self.call.f, self.value(vector))
        return self._joined(found)

    def jacobian(self, vector):
        """The partial derivatives of all numbers that f returns, a row for each."""
        return self.values_and_jacobian(vector)[1]

    def values_and_jacobian(self, vector):
        """All numbers that f returns there, and their partial derivatives, a row for each: from one trace."""
        with self.alone():
            answer = partials_at(self.at(vector), self.sampling, least=True)
        self.evaluations += 1
        self.gradients += 1
        self.method = answer.method
        shapes = [shape_of(y) for y in answer.values]
        values = self._joined(answer.values) if shapes else np.zeros(0)
        blocks = [
            np.concatenate(
                [
                    np.reshape(plain_of(block), (_size(shape), _size(own)))
                    for block, own in zip(row, self.shapes, strict=True)
                ],
                axis=1,
            )
            for row, shape in zip(answer.released(), shapes, strict=True)
        ]
        return values, np.concatenate(blocks) if blocks else np.zeros((0, len(self)))

    def hessian(self, vector):
        """The matrix of second partial derivatives."""
        self.gradients += 1
        with self.alone():
            table = second_partials_at(self.at(vector), self.sampling).released()
        return np.block(
            [
                [
                    np.reshape(plain_of(block), (_size(a), _size(b)))
                    for block, b in zip(row, self.shapes, strict=True)
                ]
                for row, a in zip(table, self.shapes, strict=True)
            ]
        )

    def hessian_product(self, vector, direction):
        """The Hessian times a direction: how the gradient changes that way; no matrix is made."""
        from .tangent import tangent  # late: it is for solvers that ask

        self.gradients += 1
        with self.alone():
            ahead = tangent(self._partials, *self.leaves(vector))
            return self._joined(ahead.push(*self.leaves(direction)))

    def pushed(self, vector):
        """The linear map that f is there: a direction in, the change of all values out; no matrix is made."""
        from .tangent import tangent  # late: it is for solvers that ask

        self.gradients += 1
        with self.alone():
            ahead = tangent(self._numbers, *self.leaves(vector))
        return lambda d: np.ravel(plain_of(ahead.push(*self.leaves(d))))

    def combined(self, combine):
        """The Flat of one number, `combine(vector of all values)`, at the same start."""
        return Flat(_Combined(self, combine), tuple(self.call.leaves), {}, name=self.name)

    def _numbers(self, *leaves):
        return all_numbers(followed(self.call, leaves))

    def _partials(self, *leaves):
        """All partial derivatives at traced leaves: what `hessian_product` differentiates once more."""
        return gradient_at(self.call.moved(list(leaves)), AS_IT_COMES).released()

    @property
    def name(self):
        return name_of(self.call.f)

    def component(self, k):
        """What the user would call component k of the vector: `params['W'][3, 2]`."""
        leaf = int(np.searchsorted(self.ends, k, side="right")) - 1
        name, shape = self.names[leaf], self.shapes[leaf]
        if not shape:
            return name
        place = np.unravel_index(int(k) - int(self.ends[leaf]), shape)
        return f"{name}[{', '.join(map(str, map(int, place)))}]"

    @property
    def names(self):
        """What the user would call each leaf."""
        known, found = parameters(self.call.f), []
        for k in self.call.wrt:
            top = known[k] if k < len(known) else "x" if len(self.call.wrt) == 1 else f"x{k + 1}"
            leaves_of(self.call.args[k], lambda x, where: _noted(x, where, found), top)
        return found

    def unused(self):
        """The names of the leaves on which f does not depend here, whatever their value."""
        from ..methods import exact

        try:
            with self.alone():
                t = self.call.trace()
        except Exception:  # what cannot be traced may depend on everything
            return []
        if len(t.outputs) != 1:
            return []
        shares = exact.backward(t, [1.0])
        return [n for n, g in zip(self.names, shares, strict=True) if g is None]


class _Named:
    """A function under the name of what is done with it, as `called` asks for it."""

    def __init__(self, f, name):
        self.f, self.__name__ = f, f"{name}({name_of(f)})"


class _Combined:
    """A number made of all values of a Flat; the code that counts is that of its function."""

    operator = "combined"

    def __init__(self, flat, combine):
        self.flat, self.f, self.combine = flat, flat.call.f, combine

    def __call__(self, *leaves):
        return self.combine(self.flat._numbers(*leaves))


def _noted(x, where, found):
    if isinstance(x, (dict, list, tuple)) or hasattr(type(x), "__dataclass_fields__"):
        return False
    real(x, where)
    found.append(where)
    return True


def _size(shape):
    return int(np.prod(shape)) if shape else 1


def flatten(params):
    """Parameters as one vector, and the function that puts a vector back into their structure.

    Numbers and arrays in dicts, lists, tuples and dataclasses, to any depth. Raises TypeError for what
    holds anything but real numbers.

    >>> vector, rebuild = flatten({"slope": 2.0, "offsets": np.array([1.0, 0.0])})
    >>> vector
    array([2., 1., 0.])
    >>> rebuild(10 * vector)
    {'slope': 20.0, 'offsets': array([10.,  0.])}
    """
    flat = Flat(_itself, (params,), {}, name="flatten")
    return flat.start, flat.pack


def _itself(params):
    return params
