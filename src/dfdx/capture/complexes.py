"""Complex numbers with traced parts: `1j * x` is a pair of real numbers, each with its derivative.

Everything complex is written with cards of real functions, so a real number that comes out
at the end (a modulus, a real part) is differentiated exactly, to every order. The parts may
be arrays. `isinstance(z, complex)` is true.
"""

import sys
from importlib import import_module
from math import copysign, pi

from ..assembly import size_of
from ..contraction import expand_to
from ..errors import Leak, user_line
from ..graph import Operand
from ..primitive import broadcast, shape_of
from ..rules import elementary as cards
from ..rules.arithmetic import absolute
from ..rules.roots import root_of_squares
from .numpy_protocol import ArrayMethods
from .traced import Traced, is_complex, plain

_POWERS = 100  # up to this whole exponent a power is made of products, as Python does


class Complex(ArrayMethods):
    """real + imag i, for parts of which at least one is traced."""

    __slots__ = ("imag", "real")
    __array_priority__ = 2000.0

    def __init__(self, real, imag):
        self.real = real
        self.imag = imag

    @classmethod
    def apply(cls, op, args):
        """A primitive on operands of which at least one is complex."""
        return _arrays().applied(op, [getattr(a, "content", a) for a in args])

    @property  # type: ignore[misc]
    def __class__(self):
        return sys.modules["numpy"].ndarray if self.shape else complex

    @property
    def tape(self):
        """The tape of a part that is traced."""
        parts = [p for p in (self.real, self.imag) if isinstance(p, Operand)]
        return parts[0].tape

    @property
    def content(self):
        return self

    @property
    def shape(self):
        return broadcast(shape_of(self.real), shape_of(self.imag))

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return size_of(self.shape)

    @property
    def dtype(self):
        import numpy as np

        return np.dtype(complex)

    # arithmetic
    def __add__(self, other):
        return _with(other, lambda c, d: Complex(self.real + c, self.imag + d))

    __radd__ = __add__

    def __sub__(self, other):
        return _with(other, lambda c, d: Complex(self.real - c, self.imag - d))

    def __rsub__(self, other):
        return _with(other, lambda c, d: Complex(c - self.real, d - self.imag))

    def __mul__(self, other):
        a, b = self.real, self.imag
        return _with(other, lambda c, d: Complex(a * c - b * d, a * d + b * c))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return _with(other, lambda c, d: _quotient(self.real, self.imag, c, d))

    def __rtruediv__(self, other):
        return _with(other, lambda a, b: _quotient(a, b, self.real, self.imag))

    def __pow__(self, other):
        return _with(other, lambda c, d: power(self, other))

    def __rpow__(self, other):
        return _with(other, lambda c, d: power(Complex(c, d), self))

    def __neg__(self):
        return Complex(-self.real, -self.imag)

    def __pos__(self):
        return self

    def __abs__(self):
        if type(self.imag) in (float, int) and self.imag == 0:
            return absolute(self.real)
        return cards.hypot(self.real, self.imag)

    def conjugate(self):
        return Complex(self.real, -self.imag)

    conj = conjugate

    def __eq__(self, other):
        return _with(other, lambda c, d: (self.real == c) & (self.imag == d))

    def __ne__(self, other):
        return _with(other, lambda c, d: (self.real != c) | (self.imag != d))

    def __bool__(self):
        return bool(self.real) or bool(self.imag)

    # arrays
    def __getitem__(self, index):
        real, imag = _whole(self, self.real)[index], _whole(self, self.imag)[index]
        return Complex(
            *(p if isinstance(p, Operand) or p.shape else p.item() for p in (real, imag))
        )

    def __len__(self):
        return self.shape[0]

    def __iter__(self):
        return (self[k] for k in range(len(self)))

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return _arrays().array_ufunc(self, ufunc, method, inputs, options)

    def var(self, *args, **options):
        return self.real.var(*args, **options) + _whole(self, self.imag).var(*args, **options)

    def std(self, *args, **options):
        return root_of_squares(self.var(*args, **options))

    def astype(self, dtype, *_, **__):
        import numpy as np

        return self if np.dtype(dtype) == complex else self._refuse(f"astype({dtype})")

    def flatten(self, order="C"):
        return self.ravel(order)

    def tolist(self):
        return [x.tolist() for x in self] if self.shape else self

    def known(self):
        """The plain array; the trace holds for these numbers only."""
        for part in (self.real, self.imag):
            if isinstance(part, Operand):
                part.known()
        return self._plain()

    def on_edge(self, name):
        next(p for p in (self.real, self.imag) if isinstance(p, Operand)).on_edge(name)

    # a plain number would lose the derivative
    def _refuse(self, how):
        for part in (self.real, self.imag):
            if isinstance(part, Operand) and part.tape.open:
                leak = Leak(how, user_line())
                part.tape.leaks.append(leak)
                raise leak
        return self._plain()

    def _plain(self):
        return plain(self.real) + 1j * plain(self.imag)

    def __complex__(self):
        return complex(self._refuse("complex()"))

    def __array__(self, dtype=None, copy=None):
        import numpy as np

        return np.asarray(self._refuse("np.asarray()"), dtype=dtype)

    def __reduce__(self):
        return complex, (self.__complex__(),)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self

    def _seen(self, how):
        for part in (self.real, self.imag):
            if type(part) is Traced:
                part.tape.suspect = how
        return self._plain()

    def __repr__(self):
        return repr(self._seen("text"))

    def __format__(self, spec):
        return format(self._seen("text"), spec)

    def __hash__(self):
        return hash(self._seen("a hash"))


def _arrays():
    """The module that stands on this one, and on NumPy."""
    return import_module(".complex_arrays", __package__)


def parts(z):
    """The real and the imaginary part of any number; None for what is no number.

    >>> parts(2 - 1j)
    (2.0, -1.0)
    """
    if is_complex(z):
        return z.real, z.imag
    if isinstance(z, (Operand, float, int)) or hasattr(z, "dtype"):
        return z, 0.0
    return None


def joined(real, imag=0.0):
    """complex(real, imag) where a part is traced."""
    (a, b), (c, d) = parts(real), parts(imag)
    return Complex(a - d, b + c)


def _with(other, operation):
    """The operation on the parts of the other operand."""
    pair = parts(other)
    return NotImplemented if pair is None else operation(*pair)


def _whole(z, part):
    """A part in the shape of the whole."""
    return expand_to(part, z.shape)


def _quotient(a, b, c, d):
    if type(d) in (float, int) and d == 0:
        return Complex(a / c, b / c)
    size = c * c + d * d
    return Complex((a * c + b * d) / size, (b * c - a * d) / size)


def power(z, w):
    """z ** w: by products for a small whole exponent, else exp(w log z)."""
    c, d = parts(w)
    whole = type(c) in (float, int) and type(d) in (float, int) and d == 0 and c % 1 == 0
    if whole and abs(c) <= _POWERS:
        return _whole_power(z, int(c))
    z = z if type(z) is Complex else Complex(*parts(z))
    return exp(log(z) * w)


def _whole_power(z, n):
    if n < 0:
        return 1.0 / _whole_power(z, -n)
    result = Complex(1.0, 0.0 * z.real)
    while n:
        if n & 1:
            result = result * z
        z = z * z
        n >>= 1
    return result


def exp(z):
    """e^a (cos b + i sin b)."""
    a, b = parts(z)
    size = cards.exp(a)
    return Complex(size * cards.cos(b), size * cards.sin(b))


def log(z):
    """log |z| + i arg z."""
    return Complex(cards.log(abs(z if type(z) is Complex else joined(z))), phase(z))


def phase(z):
    """arg z, from -π to π."""
    a, b = parts(z)
    if type(b) in (float, int) and b == 0 and not shape_of(a):
        return copysign(0.0 if plain(a) >= 0 else pi, b)
    return cards.atan2(b, a)


def sqrt(z):
    """The root in the right half-plane."""
    a, b = parts(z)
    size = abs(z if type(z) is Complex else joined(z))
    if shape_of(size):
        angle, length = phase(z) / 2, cards.sqrt(size)
        return Complex(length * cards.cos(angle), length * cards.sin(angle))
    if plain(a) >= 0:
        t = cards.sqrt((size + a) / 2)
        return Complex(t, b / (2 * t))
    t = cards.sqrt((size - a) / 2)
    sign = copysign(1.0, plain(b))
    return Complex(sign * b / (2 * t), sign * t)
