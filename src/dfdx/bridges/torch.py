"""PyTorch: a function of NumPy and SciPy among tensors, and a module of torch in a function of ours.

Towards torch a function becomes a `torch.autograd.Function` whose derivative is one again. From torch a
function becomes a primitive whose pull asks torch's autograd.
"""

import torch

from ..calculus.rule import Ruled
from ..capture.trace import name_of
from ..trees import describe
from .plain import Plain


def function(f):
    """f, a function of numbers and arrays, as a function of tensors that autograd knows.

    Tensors of floats given by position vary; all else is held fixed. f is called with floats and arrays of
    float64, whatever the tensors are, and the value comes back with their dtype and on their device. f
    returns a number, an array, or a tuple of these. Derivatives of any order, forward and reverse;
    `torch.func.vmap` calls it row by row.

    >>> import numpy as np
    >>> swing = function(lambda length, gravity=9.81: 2 * np.pi * np.sqrt(length / gravity))
    >>> length = torch.tensor([1.0, 4.0], requires_grad=True)
    >>> swing(length).sum().backward()
    >>> length.grad
    tensor([1.0030, 0.5015])
    """
    Plain(f)  # refuses what is no function

    def of_tensors(*args, **named):
        varying = [a for a in args if _varies(a)]
        held = {k: _fixed(a, f"argument {k + 1}") for k, a in enumerate(args) if not _varies(a)}
        named = {name: _fixed(a, name) for name, a in named.items()}
        if not varying:
            return f(*held.values(), **named)
        plain = Plain(f, held, named)
        found = _Bridge.apply(plain, *varying)
        return found[0] if plain.single else found

    of_tensors.__name__ = getattr(f, "__name__", "function")
    of_tensors.__doc__ = getattr(f, "__doc__", None)
    of_tensors.__wrapped__ = f
    return of_tensors


class _Bridge(torch.autograd.Function):
    """The values of a Plain at tensors; its derivatives are the values of others."""

    @staticmethod
    def forward(plain, *tensors):
        return tuple(_tensor(v, tensors) for v in plain.values([_plain(t) for t in tensors]))

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.plain, *tensors = inputs
        ctx.save_for_backward(*tensors)
        ctx.save_for_forward(*tensors)

    @staticmethod
    def backward(ctx, *covectors):
        pull = ctx.plain.pulled(len(covectors))
        return None, *_Bridge.apply(pull, *covectors, *ctx.saved_tensors)

    @staticmethod
    def jvp(ctx, _, *directions):
        tensors = ctx.saved_tensors
        moved = [
            torch.zeros_like(t) if d is None else d
            for d, t in zip(directions, tensors, strict=True)
        ]
        return _Bridge.apply(ctx.plain.pushed(len(moved)), *moved, *tensors)

    @staticmethod
    def vmap(info, in_dims, plain, *tensors):
        rows = [
            _Bridge.apply(
                plain,
                *(
                    t if d is None else t.select(d, k)
                    for t, d in zip(tensors, in_dims[1:], strict=True)
                ),
            )
            for k in range(info.batch_size)
        ]
        values = tuple(torch.stack(column) for column in zip(*rows, strict=True))
        return values, (0,) * len(values)


def _varies(a):
    if isinstance(a, torch.Tensor) and a.is_complex():
        raise TypeError("complex tensors do not go over the bridge; pass a.real and a.imag")
    return isinstance(a, torch.Tensor) and a.is_floating_point()


def _fixed(a, what):
    """What is held fixed, as the function takes it."""
    if not isinstance(a, torch.Tensor):
        return a
    if a.requires_grad:
        raise TypeError(
            f"{what} is held fixed because it is given by name, but it requires a gradient; "
            "give it by position"
        )
    return a.detach().cpu().numpy() if a.ndim else a.item()


def _plain(t):
    """A tensor as a float or an array of float64."""
    numbers = t.detach().to("cpu", torch.float64)
    return numbers.numpy().copy() if t.ndim else float(numbers)


def _tensor(value, like):
    """An array as a tensor of the widest dtype among others, on their device."""
    dtype = like[0].dtype
    for t in like[1:]:
        dtype = torch.promote_types(dtype, t.dtype)
    return torch.as_tensor(value).to(like[0].device, dtype)


def rule(f, dtype=torch.float64):
    """f, a function of tensors (a module, say), as a function of numbers and arrays that dfdx differentiates.

    Its derivatives are asked of torch, so they are exact and of any order. f is called with tensors of
    `dtype`, and returns one tensor; a module computes with its present weights in that dtype, which are
    held fixed. With a coarser dtype, `.estimate` knows nothing of its rounding.

    >>> import numpy as np
    >>> from dfdx import gradient
    >>> norm = rule(torch.linalg.vector_norm)
    >>> gradient(lambda x: norm(x) ** 2)(np.array([3.0, 4.0]))
    array([6., 8.])
    """
    Plain(f)
    module = isinstance(f, torch.nn.Module)
    weights = next(f.parameters(), None) if module else None
    device = torch.device("cpu") if weights is None else weights.device
    return _Tensors(_with_weights(f, dtype) if module else f, name_of(f), dtype, device)


def _with_weights(module, dtype):
    """The module as a function, computing with its weights in a dtype."""

    def f(*tensors):
        weights = {**dict(module.named_parameters()), **dict(module.named_buffers())}
        weights = {
            name: w.detach().to(dtype) if w.is_floating_point() else w
            for name, w in weights.items()
        }
        return torch.func.functional_call(module, weights, tensors)

    return f


class _Tensors(Ruled):
    """A function of tensors as a primitive; its pull and push are functions of tensors too."""

    __slots__ = ()

    def __init__(self, f, name, dtype, device):
        super().__init__(self._called, (), self._pushed, self._pulled)
        self.__name__, self.of, self.dtype, self.device = name, f, dtype, device

    def _called(self, *numbers):
        tensors = [torch.tensor(x, dtype=torch.float64) for x in numbers]
        value = self.of(*(t.to(self.device, self.dtype) for t in tensors))
        if not isinstance(value, torch.Tensor) or value.is_complex():
            raise TypeError(
                f"{self.name} must return one tensor of real numbers, not {describe(value)}"
            )
        found = value.detach().to("cpu", torch.float64).numpy()
        return found if found.ndim else float(found)

    def _pulled(self, g, y, *xs):
        return tuple(
            self._beside(lambda c, *ts, k=k: _pull(self.of, c, ts)[k])(g, *xs)
            for k in range(len(xs))
        )

    def _pushed(self, y, xs, dxs):
        count = len(xs)
        return self._beside(lambda *ts: _push(self.of, ts[count:], ts[:count]))(*xs, *dxs)

    def _beside(self, f):
        return _Tensors(f, f"the derivative of {self.name}", self.dtype, self.device)


def _pull(f, covector, tensors):
    """What a covector on the value becomes on the tensors, as tensors with a derivative of their own."""
    with torch.enable_grad():
        inputs = [t if t.requires_grad else t.detach().requires_grad_() for t in tensors]
        value = f(*inputs)
        if not value.requires_grad:
            return [torch.zeros_like(t) for t in inputs]
        shares = torch.autograd.grad(value, inputs, covector, create_graph=True, allow_unused=True)
    return [torch.zeros_like(t) if s is None else s for s, t in zip(shares, inputs, strict=True)]


def _push(f, directions, tensors):
    """How the value moves: the pull is linear in its covector, and the pull of that map is the push."""
    with torch.enable_grad():
        inputs = [t if t.requires_grad else t.detach().requires_grad_() for t in tensors]
        covector = torch.zeros_like(f(*inputs)).requires_grad_()
        shares = _pull(f, covector, inputs)
        along = sum((s * d).sum() for s, d in zip(shares, directions, strict=True))
        if not along.requires_grad:
            return torch.zeros_like(covector)
        (moved,) = torch.autograd.grad(along, covector, create_graph=True, allow_unused=True)
    return torch.zeros_like(covector) if moved is None else moved
