"""Functions of NumPy and SciPy in PyTorch, modules of torch in functions of ours, torch without a bridge."""

import math

import numpy as np
import pytest
from scipy import special

torch = pytest.importorskip("torch")

from dfdx import derivative, gradient, hessian, jacobian  # noqa: E402
from dfdx.bridges.torch import function, rule  # noqa: E402

pytestmark = pytest.mark.filterwarnings(
    "ignore:.*torch.jit.*:DeprecationWarning"
)  # torch of itself

CASES = {
    "NumPy": (lambda x, y: np.sin(x) * y + np.cumsum(x), ((3,), (3,))),
    "SciPy": (lambda x: special.jv(1, x) + special.gammaln(2 + x), ((4,),)),
    "math": (lambda x, y: math.atan2(x, y) * math.exp(x), ((), ())),
    "a matrix": (lambda a, b: np.linalg.solve(a @ a.T + np.eye(2), b), ((2, 2), (2,))),
    "a loop": (lambda x: sum(x[k] * x[k - 1] for k in range(len(x))), ((3,),)),
    "two values": (lambda x, y: (x @ y, x * 2.0 - y), ((3,), (3,))),
    "a constant": (lambda x, y: x * 2.0, ((2,), (2,))),
}


def tensors(shapes, seed=0):
    torch.manual_seed(seed)
    return tuple(torch.rand(s, dtype=torch.float64, requires_grad=True) for s in shapes)


@pytest.mark.parametrize("name", CASES)
def test_torch_finds_the_derivatives_right(name):
    f, shapes = CASES[name]
    bridged, at = function(f), tensors(shapes)
    assert torch.autograd.gradcheck(bridged, at, check_forward_ad=True, check_undefined_grad=False)
    assert torch.autograd.gradgradcheck(bridged, at)


@pytest.mark.parametrize("name", ["NumPy", "math", "a matrix"])
def test_torch_func_transforms_it(name):
    f, shapes = CASES[name]
    at = [t.detach() for t in tensors(shapes)]

    def loss(x):
        return function(f)(x, *at[1:]).sum()

    def plain(x):
        return np.sum(f(x, *(a.numpy() if a.ndim else float(a) for a in at[1:])))

    here = at[0].numpy() if at[0].ndim else float(at[0])
    assert np.allclose(torch.func.grad(loss)(at[0]), gradient(plain)(here), rtol=1e-10)
    assert np.allclose(torch.func.hessian(loss)(at[0]), hessian(plain)(here), rtol=1e-8, atol=1e-10)


def test_vmap_goes_row_by_row():
    f, rows = (
        function(CASES["math"][0]),
        (*tensors(((5,),)), torch.tensor(0.5, dtype=torch.float64)),
    )
    found = torch.func.vmap(torch.func.grad(f), (0, None))(*rows)
    truth = [gradient(CASES["math"][0], wrt=0)(x, 0.5) for x in rows[0].tolist()]
    assert np.allclose(found.detach(), truth, rtol=1e-12)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64, torch.bfloat16])
def test_dtype_comes_back_as_it_was_given(dtype):
    x = torch.tensor([0.3, 0.7], dtype=dtype, requires_grad=True)
    value = function(lambda v: np.sin(v) * (v.dtype == np.float64))(x)
    value.sum().backward()
    assert value.dtype == dtype and x.grad.dtype == dtype and value.device == x.device
    assert torch.allclose(x.grad, torch.cos(x), rtol=1e-2)


def test_what_is_no_float_is_held_fixed():
    power = function(lambda x, n, scale=1.0: scale * x**n)
    x = torch.tensor(2.0, requires_grad=True)
    (slope,) = torch.autograd.grad(power(x, 3, scale=torch.tensor(2.0)), x)
    assert slope == 24
    (slope,) = torch.autograd.grad(power(x, torch.tensor(3)), x)
    assert slope == 12
    assert power(2, 3) == 8


def test_a_kink_gives_the_shortest_derivative():
    for f in (lambda v: np.maximum(v, 0), np.abs, lambda v: abs(v).sum()):
        x = torch.tensor([0.0, 1.0, -1.0], requires_grad=True)
        function(f)(x).sum().backward()
        assert x.grad[0] == 0 and x.grad[1] == 1


def test_an_opaque_function_is_sampled():
    def opaque(x):
        return float(f"{math.sin(x):.17g}")

    x = torch.tensor(0.4, dtype=torch.float64, requires_grad=True)
    function(opaque)(x).backward()
    assert float(x.grad) == pytest.approx(math.cos(0.4), rel=1e-9)


def test_a_network_with_it_inside_learns():
    class Pendulum(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.gravity = torch.nn.Parameter(torch.tensor(3.0))
            self.swing = function(lambda length, g: 2 * np.pi * np.sqrt(length / g))

        def forward(self, length):
            return self.swing(length, self.gravity)

    length = torch.linspace(0.2, 2, 12)
    truth = 2 * math.pi * torch.sqrt(length / 9.81)
    model = Pendulum()
    steps = torch.optim.Adam(model.parameters(), lr=0.2)
    for _ in range(400):
        steps.zero_grad()
        ((model(length) - truth) ** 2).mean().backward()
        steps.step()
    assert model.gravity.item() == pytest.approx(9.81, rel=1e-2)


def test_refusals_are_clear():
    with pytest.raises(TypeError, match="needs a function"):
        function(3)
    with pytest.raises(TypeError, match="complex"):
        function(np.sin)(torch.tensor(1j))
    with pytest.raises(TypeError, match="give it by position"):
        function(lambda x, a=1.0: x * a)(torch.tensor(1.0), a=torch.tensor(1.0, requires_grad=True))
    with pytest.raises(TypeError, match="returns"):
        function(lambda x: {"y": x})(torch.tensor(1.0))
    x = torch.tensor(0.5, requires_grad=True)
    with pytest.raises(ValueError, match="math domain"):
        function(lambda x: math.log(x - 1))(x)


def test_a_function_of_tensors_in_ours():
    def f(v):
        return torch.sin(v) * v.sum()

    v = np.array([0.3, 0.7])
    inside = rule(f)
    truth = torch.func.jacrev(f)(torch.tensor(v)).numpy()
    assert np.allclose(jacobian(inside)(v), truth, rtol=1e-13)
    found = gradient(lambda v: np.exp(inside(v)).sum()).estimate(v)
    assert found.method.startswith("exact")

    def whole(v):
        return torch.exp(f(v)).sum()

    assert np.allclose(found.value, torch.func.grad(whole)(torch.tensor(v)), rtol=1e-13)
    second = hessian(lambda v: np.exp(inside(v)).sum())(v)
    assert np.allclose(second, torch.func.hessian(whole)(torch.tensor(v)), rtol=1e-12)
    sine = rule(torch.sin)
    assert [derivative(sine, order=k)(0.3) for k in (1, 2, 3)] == pytest.approx(
        [math.cos(0.3), -math.sin(0.3), -math.cos(0.3)], rel=1e-14
    )


def test_a_module_in_ours_computes_in_double_precision_with_its_present_weights():
    net = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    inside, v = rule(net), np.array([0.3, -0.7])

    def loss(v):
        return inside(v)[0] * v[0]

    for _ in range(2):
        wide = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
        wide.load_state_dict(net.state_dict())
        wide.double()
        at = torch.tensor(v, requires_grad=True)
        (truth,) = torch.autograd.grad(wide(at)[0] * at[0], at)
        assert np.allclose(gradient(loss)(v), truth, rtol=1e-12)
        with torch.no_grad():
            net[0].weight += 0.5
    assert all(w.dtype == torch.float32 and w.grad is None for w in net.parameters())


def test_a_function_of_tensors_that_ignores_an_argument():
    assert np.allclose(gradient(lambda x, y: rule(lambda a, b: a * 2)(x, y))(1.0, 2.0), [2, 0])
    with pytest.raises(TypeError, match="one tensor"):
        rule(lambda v: (v, v))(np.ones(2))


NAIVE = {
    "from_numpy": lambda v: float(torch.from_numpy(v).sin().sum()),
    "tensor": lambda v: float(torch.tensor(v).sin().sum()),
    "as_tensor": lambda v: torch.as_tensor(v).sin().sum().item(),
    "a list": lambda v: torch.tensor(v.tolist(), dtype=torch.float64).sin().sum().item(),
    "detached": lambda v: np.sum(torch.sin(torch.tensor(v)).detach().numpy()),
    "half of it": lambda v: np.sin(v[0]) + torch.sin(torch.tensor(v[1])).item(),
    "stored": lambda v: _stored(v),
}


def _stored(v):
    room = torch.zeros(2, dtype=torch.float64)
    for k in range(2):
        room[k] = v[k]
    return float(room.sin().sum())


@pytest.mark.parametrize("name", NAIVE)
def test_torch_without_a_bridge_is_never_silently_wrong(name):
    v = np.array([0.3, 0.7])
    found = gradient(NAIVE[name]).estimate(v)
    assert np.all(np.abs(found.value - np.cos(v)) <= np.maximum(found.error, 1e-15))


def test_the_package_names_its_bridges():
    import dfdx

    assert dfdx.bridges.torch.function is function and dfdx.bridges.torch.rule is rule
    with pytest.raises(AttributeError, match="tensorflow"):
        _ = dfdx.bridges.tensorflow
