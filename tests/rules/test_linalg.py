"""Linear algebra: every card by the laws of arrays, and what happens where it degenerates."""

import numpy as np
import pytest
from arrays_laws import gradient, laws, like, slope_by_differences, traced

import dfdx.rules.linalg_complex
import dfdx.rules.linalg_equations
import dfdx.rules.linalg_functions
import dfdx.rules.linalg_lu
import dfdx.rules.linalg_spectral  # noqa: F401 (their cards)
from dfdx.errors import NotTraceable
from dfdx.implicit import IMPLICIT
from dfdx.primitive import Parts, items

L = np.linalg
S = (3, 3)


def spd(x):
    """A symmetric positive definite matrix made of x."""
    return x @ np.swapaxes(x, -1, -2) + np.eye(x.shape[-1])


def regular(x):
    return x + 3 * np.eye(x.shape[-1])


CASES = {
    "inv": (lambda x: L.inv(regular(x)), [S]),
    "inv of a stack": (lambda x: L.inv(regular(x)), [(2, 3, 3)]),
    "solve": (lambda x, b: L.solve(regular(x), b), [S, (3, 2)]),
    "solve, vector": (lambda x, b: L.solve(regular(x), b), [S, (3,)]),
    "solve, stacks": (lambda x, b: L.solve(regular(x), b), [(2, 1, 3, 3), (1, 4, 3, 2)]),
    "det": (lambda x: L.det(x), [S]),
    "det of a stack": (lambda x: L.det(x), [(2, 3, 3)]),
    "det of 1x1": (lambda x: L.det(x), [(1, 1)]),
    "det of 2x2": (lambda x: L.det(x), [(2, 2)]),
    "slogdet": (lambda x: L.slogdet(x), [S]),
    "slogdet of a stack": (lambda x: L.slogdet(x).logabsdet, [(2, 3, 3)]),
    "cholesky": (lambda x: L.cholesky(spd(x)), [S]),
    "cholesky, upper": (lambda x: L.cholesky(spd(x), upper=True), [(2, 3, 3)]),
    "cholesky of one triangle": (lambda x: L.cholesky(4 * np.eye(3) + 0.2 * x), [S]),
    "eigh": (lambda x: [p * p for p in L.eigh(spd(x))], [S]),
    "eigh of one triangle": (lambda x: L.eigh(x, "U")[0], [S]),
    "eigh of a stack": (lambda x: L.eigh(spd(x)).eigenvalues, [(2, 3, 3)]),
    "eigvalsh": (lambda x: L.eigvalsh(x), [S]),
    "eig": (lambda x: [p * p for p in L.eig(np.diag([1.0, 2.0, 4.0]) + 0.1 * x)], [S]),
    "eigvals": (lambda x: L.eigvals(np.diag([1.0, 2.0, 4.0]) + 0.1 * x), [S]),
    "svd": (lambda x: [p * p for p in L.svd(x)], [S]),
    "svd, tall": (lambda x: [p * p for p in L.svd(x, full_matrices=False)], [(4, 3)]),
    "svd, wide": (lambda x: [p * p for p in L.svd(x, full_matrices=False)], [(2, 2, 3)]),
    "singular values": (lambda x: L.svd(x, compute_uv=False), [(3, 4)]),
    "qr": (lambda x: L.qr(x), [(4, 3)]),
    "qr, square stack": (lambda x: L.qr(x), [(2, 3, 3)]),
    "qr, wide": (lambda x: L.qr(x), [(2, 4)]),
    "qr, r only": (lambda x: L.qr(x, mode="r"), [(4, 2)]),
    "lstsq": (lambda a, b: L.lstsq(a, b, rcond=None)[0], [(5, 2), (5,)]),
    "lstsq, all": (lambda a, b: L.lstsq(a, b, rcond=None)[:2], [(5, 2), (5, 3)]),
    "lstsq, wide": (lambda a, b: L.lstsq(a, b, rcond=None)[0], [(2, 4), (2,)]),
    "pinv": (lambda x: L.pinv(x), [(4, 2)]),
    "pinv, wide": (lambda x: L.pinv(x), [(2, 2, 4)]),
    "matrix_power": (lambda x: L.matrix_power(x, 5), [S]),
    "matrix_power, negative": (lambda x: L.matrix_power(regular(x), -3), [S]),
    "matrix_power, 0": (lambda x: L.matrix_power(x, 0) * x, [S]),
    "multi_dot": (lambda a, b, c, d: L.multi_dot([a, b, c, d]), [(2,), (2, 3), (3, 4), (4,)]),
    "norm": (lambda x: L.norm(x), [(3, 4)]),
    "norm, axis": (lambda x: L.norm(x, axis=1, keepdims=True), [(3, 4)]),
    "norm 1": (lambda x: L.norm(x, 1), [(4,)]),
    "norm 3": (lambda x: L.norm(x, 3, axis=0), [(4, 2)]),
    "norm inf": (lambda x: L.norm(x, np.inf), [(4,)]),
    "norm -inf": (lambda x: L.norm(x, -np.inf), [(4,)]),
    "matrix norm 1": (lambda x: L.norm(x, 1), [(3, 4)]),
    "matrix norm inf": (lambda x: L.norm(x, np.inf, axis=(0, 2)), [(2, 2, 3)]),
    "matrix norm 2": (lambda x: L.norm(x, 2), [(3, 4)]),
    "matrix norm fro": (lambda x: L.norm(x, "fro"), [(3, 4)]),
    "matrix norm nuc": (lambda x: L.norm(x, "nuc"), [(3, 4)]),
    "cond": (lambda x: L.cond(regular(x)), [S]),
    "cond 1": (lambda x: L.cond(regular(x), 1), [S]),
    "tensorsolve": (lambda a, b: L.tensorsolve(a.reshape(2, 3, 6), b), [(6, 6), (2, 3)]),
    "tensorinv": (lambda a: L.tensorinv(regular(a).reshape(6, 2, 3), ind=1), [(6, 6)]),
}

if not hasattr(np, "trapezoid"):  # NumPy 1 lacks this option
    del CASES["cholesky, upper"]


@pytest.mark.parametrize("name", CASES)
def test_laws(name):
    f, shapes = CASES[name]
    rng = np.random.default_rng(sum(map(ord, name)))
    laws(f, [rng.normal(size=s) for s in shapes], rtol=1e-8)


@pytest.mark.parametrize("name", sorted(IMPLICIT))
def test_every_card_obeys_the_laws(name):
    card = IMPLICIT[name]
    rng = np.random.default_rng(3)
    args = card.example(rng)
    whole = (lambda y: items(card, y)) if card.outputs > 1 else (lambda y: y)
    laws(lambda *xs: whole(card(*xs)), list(args), rtol=1e-8)


@pytest.mark.parametrize("name", sorted(IMPLICIT))
def test_every_card_works_on_stacks(name):
    card = IMPLICIT[name]
    rng = np.random.default_rng(4)
    args = [card.example(rng) for _ in range(3)]
    stacked = [np.stack(a) for a in zip(*args, strict=True)]
    whole = card(*stacked)
    for k, one in enumerate(args):
        parts = card(*one) if card.outputs > 1 else (card(*one),)
        for y, part in zip(whole if card.outputs > 1 else (whole,), parts, strict=True):
            np.testing.assert_allclose(y[k], part, rtol=1e-11, atol=1e-12)
    dxs = [like(rng, a) for a in stacked]
    dy = card.push(whole, stacked, dxs)
    for k, one in enumerate(args):
        dk = card.push(card(*one), one, [d[k] for d in dxs])
        pairs = zip(dy, dk, strict=True) if type(dy) is Parts else [(dy, dk)]
        for p, q in pairs:
            if np.ndim(p):
                np.testing.assert_allclose(p[k], q, rtol=1e-9, atol=1e-10)


SINGULAR = {
    "rank 2": np.array([[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]),
    "rank 1": np.outer([1.0, 2, 3], [1.0, -1, 2]),
    "zero": np.zeros((3, 3)),
    "2x2": np.array([[1.0, 2.0], [2.0, 4.0]]),
}


@pytest.mark.parametrize("name", SINGULAR)
def test_det_of_a_singular_matrix_has_its_gradient_and_hessian(name):
    a = SINGULAR[name]
    rng = np.random.default_rng(1)
    (g,) = gradient(L.det, [a], [1.0])
    minors = [
        [(-1) ** (i + j) * L.det(np.delete(np.delete(a, i, 0), j, 1)) for j in range(len(a))]
        for i in range(len(a))
    ]
    np.testing.assert_allclose(g, minors, atol=1e-13)
    h = like(rng, a)
    tape, inputs, outputs = traced(lambda x: gradient(L.det, [x], [1.0]), [a])
    from dfdx.capture.sweep import push

    (dg,) = push(tape, outputs, inputs, [h])
    (wanted,) = slope_by_differences(lambda x: gradient(L.det, [x], [1.0]), [a], [h])
    np.testing.assert_allclose(dg, wanted, atol=1e-10)


def test_repeated_eigenvalues_are_an_edge_and_never_a_huge_number():
    tape, inputs, (w, v) = traced(L.eigh, [np.diag([1.0, 1.0, 2.0])])
    assert [e.name for e in tape.edges] == ["eigh"]
    from dfdx.capture.sweep import pull

    (g,) = pull(tape, [w], [np.ones(3)], inputs)
    np.testing.assert_allclose(g, np.eye(3), atol=1e-15)  # the trace is smooth
    (g,) = pull(tape, [v], [np.arange(9.0).reshape(3, 3)], inputs)
    assert np.isnan(g).any()
    assert not np.isinf(g).any()


def test_equal_eigenvalues_up_to_rounding_count_as_equal():
    q = L.qr(np.random.default_rng(0).normal(size=(4, 4)))[0]
    tape, _, _ = traced(L.eigh, [q @ np.diag([1.0, 1.0, 2.0, 3.0]) @ q.T])
    assert tape.edges


def test_a_zero_singular_value_is_an_edge():
    tape, _, _ = traced(lambda x: L.svd(x, compute_uv=False), [np.diag([2.0, 1.0, 0.0])])
    assert [e.name for e in tape.edges] == ["svdvals"]
    tape, _, _ = traced(L.pinv, [np.diag([2.0, 1.0, 0.0])])
    assert [e.name for e in tape.edges] == ["pinv"]


def test_the_norm_at_zero_is_an_edge_with_the_least_norm_gradient():
    tape, inputs, (y,) = traced(L.norm, [np.zeros(3)])
    assert tape.edges
    from dfdx.capture.sweep import pull

    np.testing.assert_array_equal(pull(tape, [y], [1.0], inputs)[0], np.zeros(3))


def test_what_cannot_be_followed_says_so():
    x = np.random.default_rng(0).normal(size=(4, 3))
    for f, says in [
        (lambda x: L.qr(x, mode="raw"), "reduced"),
        (lambda x: L.pinv(x, rcond=0.9), "rcond"),
    ]:
        with pytest.raises(NotTraceable, match=says):
            traced(f, [x])


def test_errors_are_numpys():
    with pytest.raises(np.linalg.LinAlgError):
        traced(L.inv, [np.zeros((2, 2))])
    with pytest.raises(np.linalg.LinAlgError):
        traced(L.inv, [np.zeros((2, 3))])
    with pytest.raises(np.linalg.LinAlgError):
        traced(L.cholesky, [-np.eye(2)])


@pytest.mark.parametrize("order", [1, 2, 3])
def test_expm_agrees_with_its_series(order):
    """Orders by nesting: the derivative of expm(t A) at t = 0 of order n is A^n."""
    from dfdx.capture.replay import graph_of
    from dfdx.readings.series import series
    from dfdx.rules.linalg_functions import expm

    a = np.random.default_rng(2).normal(size=(3, 3))
    tape, inputs, outputs = traced(lambda t: expm(t * a), [0.0])
    (c,) = series(graph_of(tape, inputs, outputs), [0.0], order)
    power = L.matrix_power(a, order) / [1, 1, 2, 6][order]
    np.testing.assert_allclose(c[order], power, atol=1e-12)
