"""Numbers with a proven error: balls, and the functions of the cards on them.

A `Ball` is a middle and a radius that holds the number meant, whatever is computed from it
(Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic", IEEE Trans. Comput. 66,
2017; here by python-flint). A question about order that the radius leaves open raises `Uncertain`,
so no branch is ever guessed. `Vocabulary` speaks mpmath's language, in which the cards say their
values: what a card says of its function holds here without a second table.
"""

from operator import index

import flint

from ..errors import NoRule
from ..numbers import Known

arb, acb = flint.arb, flint.acb


class Uncertain(ArithmeticError):
    """More digits are needed to decide a comparison, or to know a value at all."""


class Ball:
    """A real number known up to a radius."""

    __slots__ = ("arb",)

    def __init__(self, value):
        self.arb = value if type(value) is arb else arb(value)

    def __add__(self, other):
        return Ball(self.arb + _arb(other))

    def __sub__(self, other):
        return Ball(self.arb - _arb(other))

    def __rsub__(self, other):
        return Ball(_arb(other) - self.arb)

    def __mul__(self, other):
        return Ball(self.arb * _arb(other))

    def __truediv__(self, other):
        return _quotient(self.arb, _arb(other))

    def __rtruediv__(self, other):
        return _quotient(_arb(other), self.arb)

    def __pow__(self, other):
        return Ball(self.arb ** _arb(other))

    def __rpow__(self, other):
        return Ball(_arb(other) ** self.arb)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return Ball(-self.arb)

    def __pos__(self):
        return self

    def __abs__(self):
        return Ball(abs(self.arb))

    def __lt__(self, other):
        return _certain(self.arb < (y := _arb(other)), self.arb >= y)

    def __le__(self, other):
        return _certain(self.arb <= (y := _arb(other)), self.arb > y)

    def __gt__(self, other):
        return _certain(self.arb > (y := _arb(other)), self.arb <= y)

    def __ge__(self, other):
        return _certain(self.arb >= (y := _arb(other)), self.arb < y)

    def __eq__(self, other):
        y = _arb(other)
        both_exact = self.arb.is_exact() and y.is_exact()
        return _certain(both_exact and self.arb == y, not self.arb.overlaps(y))

    def __bool__(self):
        return self != 0

    __hash__ = None  # type: ignore[assignment]

    def __int__(self):
        n = self.arb.unique_fmpz()
        if n is None or not self.arb.is_exact():
            raise Uncertain("a whole number is needed")
        return int(n)

    def __repr__(self):
        return f"Ball({self.arb})"


def _quotient(x, y):
    if y.is_zero():
        raise ZeroDivisionError("division by zero")
    return Ball(x / y)


def _certain(yes, no):
    if yes or no:
        return bool(yes)
    raise Uncertain("a comparison is undecided")


def _arb(x):
    """A number of any kind as a ball of flint, exactly."""
    if type(x) is Ball:
        return x.arb
    if isinstance(x, Known):
        return x.mp(VOCABULARY).arb
    if isinstance(x, (int, float)):
        return arb(x)
    raise NoRule(f"{x!r} is no real number that can be enclosed")


def _step(method):
    """A function with jumps, which is known where the ball has one value."""

    def function(self, x):
        found = getattr(_arb(x), method)()
        if not found.is_exact():
            raise Uncertain(f"{method} is undecided")
        return Ball(found)

    return function


def _method(name):
    def function(self, x):
        return Ball(getattr(_arb(x), name)())

    return function


def _swapped(name):
    """f(n, x) of mpmath is x.f(n) of flint."""

    def function(self, n, x):
        return Ball(getattr(_arb(x), name)(_arb(n)))

    return function


def _symmetric(name):
    """A function of flint's complex numbers, real on real ones."""

    def function(self, *args):
        return Ball(getattr(acb, name)(*(acb(_arb(x)) for x in args)).real)

    return function


class Vocabulary:
    """The functions and constants of mpmath that flint proves; another one is a NoRule."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise NoRule(f"there is no proven enclosure of {name}")

    pi = property(lambda self: Ball(arb.pi()))
    e = property(lambda self: Ball(arb.const_e()))
    euler = property(lambda self: Ball(arb.const_euler()))
    phi = property(lambda self: (1 + Ball(arb(5).sqrt())) / 2)
    ln2 = property(lambda self: Ball(arb.const_log2()))
    one = property(lambda self: Ball(1))
    zero = property(lambda self: Ball(0))

    exp, expm1, log1p, sqrt = map(_method, ("exp", "expm1", "log1p", "sqrt"))
    sin, cos, tan, cot, sec, csc = map(_method, ("sin", "cos", "tan", "cot", "sec", "csc"))
    asin, acos, atan = map(_method, ("asin", "acos", "atan"))
    sinh, cosh, tanh, coth = map(_method, ("sinh", "cosh", "tanh", "coth"))
    asinh, acosh, atanh = map(_method, ("asinh", "acosh", "atanh"))
    sech, csch, sinpi, cospi = map(_method, ("sech", "csch", "sin_pi", "cos_pi"))
    erf, erfc, erfi, erfinv = map(_method, ("erf", "erfc", "erfi", "erfinv"))
    gamma, rgamma, digamma = map(_method, ("gamma", "rgamma", "digamma"))
    ei, si, ci, shi, chi = map(_method, ("ei", "si", "ci", "shi", "chi"))
    fresnels, fresnelc = map(_method, ("fresnel_s", "fresnel_c"))
    sincpi, sinc = map(_method, ("sinc_pi", "sinc"))
    besselj, bessely = _swapped("bessel_j"), _swapped("bessel_y")
    besseli, besselk = _swapped("bessel_i"), _swapped("bessel_k")
    expint = _swapped("expint")
    legendre, chebyt, chebyu = map(_swapped, ("legendre_p", "chebyshev_t", "chebyshev_u"))
    hermite = _swapped("hermite_h")
    floor, ceil, sign = map(_step, ("floor", "ceil", "sgn"))
    ellipk, elliprf, elliprd, elliprg = map(
        _symmetric, ("elliptic_k", "elliptic_rf", "elliptic_rd", "elliptic_rg")
    )
    elliprc, elliprj = map(_symmetric, ("elliptic_rc", "elliptic_rj"))

    def mpf(self, x):
        """A whole number; what comes as a float is an approximation of something, and no proof."""
        if type(x) is Ball:
            return x
        if isinstance(x, int):
            return Ball(int(x))
        raise NoRule("an approximate value is used")

    def re(self, x):
        return x

    def loggamma(self, x):
        """The real part: log |Γ(x)|."""
        return Ball(_arb(x).lgamma() if _arb(x) > 0 else abs(_arb(x).gamma()).log())

    def fabs(self, x):
        return abs(x)

    def nint(self, x):
        """The nearest whole number; halves raise, for there the function jumps."""
        doubled = 2 * x
        if self.floor(doubled) == doubled and not self.floor(x) == x:
            raise Uncertain("rounding of a half")
        return self.floor(x + 0.5)

    def log(self, x, base=None):
        found = Ball(_arb(x).log())
        return found if base is None else found / Ball(_arb(base).log())

    ln = log

    def log10(self, x):
        return Ball(_arb(x).log() / arb.const_log10())

    def power(self, x, n):
        return Ball(_arb(x) ** _arb(n))

    def powm1(self, x, n):
        return self.power(x, n) - 1

    def cbrt(self, x):
        return Ball(_arb(x).root(3))

    def hypot(self, x, y):
        return Ball((_arb(x) ** 2 + _arb(y) ** 2).sqrt())

    def atan2(self, y, x):
        return Ball(arb.atan2(_arb(y), _arb(x)))

    def degrees(self, x):
        return x * 180 / self.pi

    def radians(self, x):
        return x * self.pi / 180

    def ncdf(self, x):
        return Ball((-_arb(x) / arb(2).sqrt()).erfc() / 2)

    def e1(self, x):
        return Ball(_arb(x).expint(arb(1)))

    def psi(self, m, x):
        return Ball(acb(_arb(x)).polygamma(acb(_arb(m))).real)

    polygamma = psi

    def beta(self, a, b):
        return self.gamma(a) * self.gamma(b) * self.rgamma(a + b)

    def zeta(self, s, a=1):
        return Ball(_arb(s).zeta(_arb(a)))

    def rf(self, x, n):
        return Ball(_arb(x).rising(_arb(n)))

    def factorial(self, x):
        return self.gamma(x + 1)

    def binomial(self, n, k):
        return self.gamma(n + 1) * self.rgamma(k + 1) * self.rgamma(n - k + 1)

    def gammainc(self, a, start=0, end=None, regularized=False):
        """γ(a, end) where the start is 0, Γ(a, start) where there is no end."""
        if end is None:
            return Ball(_arb(start).gamma_upper(_arb(a), regularized=int(regularized)))
        if type(start) is int and start == 0:
            return Ball(_arb(end).gamma_lower(_arb(a), regularized=int(regularized)))
        raise NoRule(
            "there is no proven enclosure of an incomplete gamma function between two ends"
        )

    def betainc(self, a, b, start=0, end=1, regularized=False):
        found = self._beta_to(a, b, end, regularized)
        if type(start) is int and start == 0:
            return found
        return found - self._beta_to(a, b, start, regularized)

    def _beta_to(self, a, b, x, regularized):
        return Ball(_arb(x).beta_lower(_arb(a), _arb(b), regularized=int(regularized)))

    def airyai(self, x, derivative=0):
        return Ball(_arb(x).airy_ai(derivative=index(derivative)))

    def airybi(self, x, derivative=0):
        return Ball(_arb(x).airy_bi(derivative=index(derivative)))

    def lambertw(self, x, k=0):
        if k not in (0, -1):
            raise NoRule(f"Lambert's W has no real branch {k}")
        return Ball(_arb(x).lambertw(k))

    def polylog(self, s, x):
        return Ball(acb(_arb(x)).polylog(acb(_arb(s))).real)

    def ellipe(self, *args):
        if len(args) == 1:
            return Ball(acb(_arb(args[0])).elliptic_e().real)
        return Ball(acb.elliptic_e_inc(acb(_arb(args[0])), acb(_arb(args[1]))).real)

    def ellipf(self, phi, m):
        return Ball(acb.elliptic_f(acb(_arb(phi)), acb(_arb(m))).real)

    def agm(self, x, y=1):
        return Ball(_arb(x).agm(_arb(y)))

    def laguerre(self, n, a, x):
        return Ball(_arb(x).laguerre_l(_arb(n), _arb(a)))

    def gegenbauer(self, n, a, x):
        return Ball(_arb(x).gegenbauer_c(_arb(n), _arb(a)))

    def jacobi(self, n, a, b, x):
        return Ball(_arb(x).jacobi_p(_arb(n), _arb(a), _arb(b)))

    def hyp0f1(self, a, x):
        return Ball(_arb(x).hypgeom_0f1(_arb(a)))

    def hyp1f1(self, a, b, x):
        return Ball(_arb(x).hypgeom_1f1(_arb(a), _arb(b)))

    def hyp2f1(self, a, b, c, x):
        return Ball(_arb(x).hypgeom_2f1(_arb(a), _arb(b), _arb(c)))

    def hyperu(self, a, b, x):
        return Ball(_arb(x).hypgeom_u(_arb(a), _arb(b)))


VOCABULARY = Vocabulary()
