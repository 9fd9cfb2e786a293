"""Derivatives of derivatives, closures over outer variables, threads: nothing is confused."""

import threading

import numpy as np
import pytest

import dfdx
from dfdx import derivative, gradient, hessian, jacobian


def test_perturbation_confusion_of_siskind_and_pearlmutter():
    # Siskind & Pearlmutter, "Perturbation confusion and referential transparency" (2005)
    assert derivative(lambda x: x * derivative(lambda y: x + y)(1.0))(1.0) == 1.0


def test_the_inner_variable_may_be_the_outer_one():
    assert derivative(lambda x: derivative(lambda y: x * y * y)(x))(3.0) == 12.0
    assert derivative(lambda x: x * derivative(lambda y: x * y)(x))(3.0) == 6.0


@pytest.mark.parametrize("depth", [2, 3, 4, 5])
def test_nesting_to_any_depth(depth):
    def power(x):
        return x**6

    f, want = power, 1.0
    for k in range(depth):
        f = derivative(f)
        want *= 6 - k
    assert f(2.0) == want * 2.0 ** (6 - depth)
    assert derivative(power, order=depth)(2.0) == want * 2.0 ** (6 - depth)


def test_every_operator_nests_in_every_other():
    def f(v):
        return np.sin(v[0]) * v[1] ** 2 + v[2] * v[0]

    x = np.array([0.3, 0.7, -0.2])
    np.testing.assert_allclose(jacobian(gradient(f), x), hessian(f, x), rtol=1e-14)
    third = jacobian(hessian(f))(x)
    assert third.shape == (3, 3, 3)
    np.testing.assert_allclose(third[0, 0, 0], -np.cos(0.3) * 0.49, rtol=1e-14)
    np.testing.assert_allclose(third[0, 1, 1], 2 * np.cos(0.3), rtol=1e-14)
    g = gradient(lambda v: dfdx.directional_derivative(f, v, along=np.array([0.0, 2.0, 0.0])), x)
    np.testing.assert_allclose(
        g, [2 * np.cos(0.3) * 0.7, 2 * np.sin(0.3), 0.0], rtol=1e-14, atol=1e-16
    )
    line = derivative(lambda t: dfdx.tangent(lambda x: x**3)(t)(2.0))
    assert line(1.0) == 3.0 * 2 * (2.0 - 1.0)  # d/dt [t³ + 3t²(2 − t)] = 6t(2 − t)
    assert derivative(lambda a: dfdx.laplacian(lambda x, y: a * x * x * y, 1.0, 2.0), 5.0) == 4.0
    assert derivative(lambda a: dfdx.taylor(lambda x: a * x**3, 1.0, order=3)(2.0))(5.0) == 8.0


def test_a_traced_value_that_escapes_is_a_plain_number_afterwards():
    kept = []

    def f(x):
        kept.append(x * 2)
        return x * x

    assert derivative(f, 3.0) == 6.0
    assert float(kept[0]) == 6.0
    assert derivative(lambda y: y * kept[0])(5.0) == 6.0
    assert np.sin(kept[0]) == np.sin(6.0)


def test_threads_do_not_disturb_each_other():
    results = {}

    def work(k):
        f = lambda x: np.sin(k * x) * derivative(lambda y: y**3 * x)(x)
        results[k] = [derivative(f)(0.1 * j) for j in range(40)]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    alone = dict(results)
    for k in range(8):
        work(k)
    assert results == alone


def test_a_chain_of_forty_thousand_operations():
    def chain(x):
        for _ in range(20_000):
            x = x * 1.00001 + 1e-9
        return x

    assert derivative(chain, 1.0) == pytest.approx(1.00001**20_000, rel=1e-11)
    assert dfdx.tangent(chain, 1.0).push(1.0) == pytest.approx(1.00001**20_000, rel=1e-11)
    assert derivative(chain, order=2)(1.0) == pytest.approx(0.0, abs=1e-12)
    assert derivative(derivative(chain))(1.0) == 0.0
    deep = derivative(lambda x: chain(x) * x)
    assert deep.estimate(1.0).error < 1e-6
