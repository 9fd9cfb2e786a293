"""Functions that move elements: shapes, joins, parts, places."""

import numpy as np

from . import C, M, S, V, W


def swapped(x):
    a = x * 1.0
    a[0], a[1] = a[1], a[0]
    return a * V


def swapped_rows(x):
    a = x * 1.0
    a[[0, 1]] = a[[1, 0]]
    a[:, 0], a[:, 1] = a[:, 1].copy(), a[:, 0].copy()
    return a * M


TRIALS = [
    ("reshape", lambda x: np.reshape(x, (4, -1), order="F"), C),
    ("ravel", lambda x: np.ravel(x, "F"), C),
    ("transpose", lambda x: np.transpose(x, (2, 0, 1)), C),
    ("permute_dims", lambda x: np.transpose(x, (1, 0, -1)), C),
    ("matrix_transpose", lambda x: np.swapaxes(x, -1, -2), C),
    ("swapaxes", lambda x: np.swapaxes(x, 0, 2), C),
    ("moveaxis", lambda x: np.moveaxis(x, [0, 1], [-1, 0]), C),
    ("rollaxis", lambda x: np.rollaxis(x, 2), C),
    ("expand_dims", lambda x: np.expand_dims(x, (0, 2)), M),
    ("squeeze", lambda x: np.squeeze(x[:1]), M),
    ("atleast_1d", lambda x: np.atleast_1d(x, 2 * x), 0.4),
    ("atleast_2d", lambda x: np.atleast_2d(x), V),
    ("atleast_3d", lambda x: np.atleast_3d(x), M),
    ("broadcast_to", lambda x: np.broadcast_to(x, (3, 4)), V),
    ("broadcast_arrays", lambda x: np.broadcast_arrays(x, x[:, None]), V),
    ("flip", lambda x: np.flip(x, axis=(0, 2)), C),
    ("fliplr", lambda x: np.fliplr(x), M),
    ("flipud", lambda x: np.flipud(x), M),
    ("rot90", lambda x: np.rot90(x, 3), M),
    ("roll", lambda x: np.roll(x, (1, -2), axis=(0, 1)), M),
    ("tile", lambda x: np.tile(x, (2, 1)), M),
    ("repeat", lambda x: np.repeat(x, [1, 0, 2, 3]), V),
    ("resize", lambda x: np.resize(x, (3, 3)), V),
    ("pad", lambda x: np.pad(x, ((1, 0), (2, 1)), constant_values=3.0), M),
    ("pad with what varies", lambda x: np.pad(x, 1, constant_values=x[0] ** 2), V),
    *[
        (f"pad {mode}", (lambda mode: lambda x: np.pad(x, (2, 1), mode=mode))(mode), V)
        for mode in "edge reflect symmetric wrap maximum minimum mean median linear_ramp".split()
    ],
    ("pad odd", lambda x: np.pad(x, 2, mode="reflect", reflect_type="odd"), V),
    ("pad linear_ramp to ends", lambda x: np.pad(x, (2, 3), "linear_ramp", end_values=(5, -4)), V),
    ("pad mean of some", lambda x: np.pad(x, 2, "mean", stat_length=2), V),
    ("pad empty", lambda x: np.pad(x, 2, "empty")[2:-2], V),
    ("diag", lambda x: np.diag(x, 1), V),
    ("diag of a matrix", lambda x: np.diag(x, -1), S),
    ("diagflat", lambda x: np.diagflat(x), V),
    ("diagonal", lambda x: np.diagonal(x, 1, 0, 2), C),
    ("tril", lambda x: np.tril(x, -1), S),
    ("triu", lambda x: np.triu(x), C),
    ("take", lambda x: np.take(x, [[0, 1], [2, 0]], axis=1), M),
    ("take with mode", lambda x: np.take(x, [0, 7, -9], mode="clip"), V),
    ("take_along_axis", lambda x: np.take_along_axis(x, np.argsort(x, axis=1), axis=1), M),
    ("compress", lambda x: np.compress([True, False, True], x, axis=1), M),
    ("extract", lambda x: np.extract(x > 0, x), V),
    ("delete", lambda x: np.delete(x, [0, 2], axis=1), M),
    ("insert", lambda x: np.insert(x, [1, 3], [x[0] ** 2, 7.0]), V),
    ("append", lambda x: np.append(x, [x[0] * 2, 1.0]), V),
    ("concatenate", lambda x: np.concatenate([x, np.ones((2, 1)), x**2], axis=1), M),
    ("concat", lambda x: np.concatenate((x, [[1.0, 2.0, 3.0]]), axis=None), M),
    ("stack", lambda x: np.stack([x, x**2], axis=-1), M),
    ("vstack", lambda x: np.vstack([x, V]), W),
    ("row_stack", lambda x: np.vstack((x, x)), W),
    ("hstack", lambda x: np.hstack([x, x[:, :1]]), M),
    ("dstack", lambda x: np.dstack([x, x * x]), M),
    ("column_stack", lambda x: np.column_stack((x, V, x**2)), W),
    ("block", lambda x: np.block([[x, np.ones((3, 1))], [np.zeros((1, 3)), 7.0]]), S),
    ("split", lambda x: np.split(x, [1, 3]), V),
    ("array_split", lambda x: np.array_split(x, 3, axis=-1), C),
    ("hsplit", lambda x: np.hsplit(x, 3), M),
    ("vsplit", lambda x: np.vsplit(x, 2), M),
    ("dsplit", lambda x: np.dsplit(x, 2), C),
    ("unstack", lambda x: list(x), M),
    ("meshgrid", lambda x, y: np.meshgrid(x, y, indexing="ij"), V, W),
    ("meshgrid with sparse", lambda x: np.meshgrid(x, [1.0, 2.0], sparse=True), V),
    ("r_", lambda x: np.r_[x, 0.0, x[:2] ** 2], V),
    ("r_ with a range", lambda x: np.r_[0:3, x, 1.0:2.0:3j], V),
    ("r_ as rows", lambda x: np.r_["0,2", x, V], W),
    ("c_", lambda x: np.c_[x, V, x**2], W),
    ("ix_", lambda x: x[np.ix_([0, 1], [2, 0])], M),
    ("ix_ of what varies", lambda x: np.ix_(x, x)[0] * np.ix_(x, x)[1], V),
    ("mgrid", lambda x: np.sum(np.mgrid[0:3, 0:2] * x, axis=0), 0.4),
    ("ogrid", lambda x: np.ogrid[0:3, 0:2][0] * x, 0.4),
    ("s_", lambda x: x[np.s_[1:, ::2]], M),
    ("trim_zeros", lambda x: np.trim_zeros(np.concatenate([[0.0], x, [0.0]])), V),
    ("ndenumerate", lambda x: sum(v * (i + 2 * j) for (i, j), v in np.ndenumerate(x)), M),
    ("ndindex", lambda x: sum(x[k] ** (k[0] + 1) for k in np.ndindex(2, 3)), M),
    ("nditer", lambda x: sum(v**2 for v in np.nditer(x)), V),
    ("sliding_window_view", lambda x: np.lib.stride_tricks.sliding_window_view(x, 2), V),
    ("copy", lambda x: np.copy(x) * x, V),
    ("asarray", lambda x: np.asarray(x) + np.asanyarray(x, dtype=float), V),
    ("ascontiguousarray", lambda x: np.ascontiguousarray(x.T) + np.asfortranarray(x.T), M),
    ("unravel_index", lambda x: x[np.unravel_index(np.argmax(x), x.shape)] ** 2, M),
    ("ravel_multi_index", lambda x: x.ravel()[np.ravel_multi_index((1, 2), x.shape)], M),
    ("tril_indices", lambda x: x[np.tril_indices(3)], S),
    ("triu_indices_from", lambda x: x[np.triu_indices_from(x, 1)], S),
    ("diag_indices", lambda x: x[np.diag_indices(3)], S),
    ("diag_indices_from", lambda x: x[np.diag_indices_from(x)], S),
    ("mask_indices", lambda x: x[np.mask_indices(3, np.triu)], S),
    ("indices", lambda x: np.indices((2, 3))[1] * x, M),
    ("elements swapped", swapped, V),
    ("rows swapped", swapped_rows, M),
]
