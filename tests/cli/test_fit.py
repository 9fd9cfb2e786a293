"""`dfdx fit`: the parameters with which a formula or a function meets the columns of a table."""

import csv

import numpy as np
import pytest

TRUTH = {"a": 2.5, "b": 1.1, "c": 0.4}
DECAY = "a exp(-b t) + c"


@pytest.fixture
def table(tmp_path):
    """Writes a table with a decay that is known but for noise, and gives its path."""

    def make(noise=0.05, extra=(), seed=1, header="t,signal,err"):
        rng = np.random.default_rng(seed)
        t = np.linspace(0, 6, 61)
        y = TRUTH["a"] * np.exp(-TRUTH["b"] * t) + TRUTH["c"] + noise * rng.standard_normal(61)
        path = tmp_path / "data.csv"
        rows = [f"{a!r},{b!r},{noise}" for a, b in zip(t.tolist(), y.tolist(), strict=True)]
        path.write_text("\n".join([header, *rows, *extra]) + "\n")
        return str(path)

    return make


def test_the_main_job(dfdx, table, tmp_path):
    out = str(tmp_path / "out.csv")
    path = table(extra=["6.5,oops,0.05"])
    ran = dfdx("fit", DECAY, path, "--x", "t", "--y", "signal", "-o", out)
    assert ran.code == 0 and ran.err == ""
    assert ran.out.startswith("read as f(t, a, b, c) = a·e^(−b·t) + c\n")
    assert "signal by t, 62 rows" in ran.out and "line 63 ('oops')" in ran.out
    assert "began at a = b = c = 1" in ran.out and "R² = 0.99" in ran.out
    assert "• signal" in ran.out and "⠒⠒ fit" in ran.out and "fit: " in ran.out
    assert max(len(line) for line in ran.out.splitlines() if str(tmp_path) not in line) <= 80
    with open(out, newline="", encoding="utf-8") as file:
        written = list(csv.reader(file))
    assert written[0] == ["t", "signal", "err", "fit", "residual"] and written[-1][3:] == ["", ""]
    for row in written[1:-1]:
        assert float(row[3]) + float(row[4]) == pytest.approx(float(row[1]))


@pytest.mark.parametrize("seed", range(5))
def test_the_errors_hold(dfdx, table, seed):
    found = dfdx("fit", DECAY, table(seed=seed), "--json").json
    assert found["converged"] and found["dof"] == 58
    for name, true in TRUTH.items():
        assert abs(found["parameters"][name] - true) < 4.5 * found["errors"][name]
        assert found["errors"][name] < 0.2 * abs(true)
    assert found["sigma"] == pytest.approx(0.05, rel=0.35)


def test_exact_data_give_the_parameters_back(dfdx, table):
    found = dfdx(
        "fit", DECAY, table(noise=0.0), "--y", "signal", "--from", "a=2,b=2,c=0", "--json"
    ).json
    assert found["parameters"] == pytest.approx(TRUTH, rel=1e-9)
    assert found["start"] == {"a": 2.0, "b": 2.0, "c": 0.0}
    assert not any("began at" in note for note in found["notes"])


def test_a_function_in_a_file(dfdx, table, model):
    path = model(
        "import math\nimport numpy as np\n"
        "def one(t, a, b, c=0.4):\n    return a * math.exp(-b * t) + c\n"
        "def many(t, a, b, c):\n    return a * np.exp(-b * t) + c\n"
        "def broken(t, a):\n    return a * missing\n"
    )
    data = table()
    two = dfdx("fit", f"{path}:one", data, "--json").json
    assert set(two["parameters"]) == {"a", "b"} and two["parameters"]["a"] == pytest.approx(
        2.5, abs=0.1
    )
    for name in ("one", "many"):
        three = dfdx("fit", f"{path}:{name}", data, "--from", "a=1,b=1,c=1", "--json").json
        assert three["parameters"] == pytest.approx(TRUTH, abs=0.1)
    ran = dfdx("fit", f"{path}:broken", data)
    assert ran.code == 1 and "missing" in ran.err and "model.py:8" in ran.err


def test_standard_deviations_of_the_data(dfdx, table):
    path = table()
    ratio = dfdx("fit", DECAY, path, "--sigma", "err", "--json").json
    whole = dfdx("fit", DECAY, path, "--sigma", "err", "--absolute", "--json").json
    plain = dfdx("fit", DECAY, path, "--json").json
    assert ratio["errors"] == pytest.approx(plain["errors"], rel=1e-6)
    scale = (whole["chi2"] / whole["dof"]) ** 0.5
    for name, error in ratio["errors"].items():
        assert error == pytest.approx(scale * whole["errors"][name], rel=1e-6)


def test_columns_are_named_or_mapped(dfdx, tmp_path):
    path = tmp_path / "plane.csv"
    rng = np.random.default_rng(3)
    u, v = rng.uniform(-1, 1, (2, 40))
    z = 2 * u - 3 * v + 0.5
    rows = [f"{a},{b},{c}" for a, b, c in zip(u, v, z, strict=True)]
    path.write_text("\n".join(["u,v,z", *rows]) + "\n")
    found = dfdx("fit", "a u + b v + c", str(path), "--x", "u,v", "--y", "z", "--json").json
    assert found["parameters"] == pytest.approx({"a": 2, "b": -3, "c": 0.5}, abs=1e-9)
    other = dfdx("fit", "a p + b q + c", str(path), "--x", "p=u,q=v", "--y", "z", "--json").json
    assert other["parameters"] == pytest.approx(found["parameters"]) and other["x"] == {
        "p": "u",
        "q": "v",
    }
    ran = dfdx("fit", "a u + b v + c", str(path), "--x", "u,v", "--y", "z")
    assert ran.code == 0 and "fit: " in ran.out  # without a picture
    time = tmp_path / "time.csv"
    time.write_text("time,y\n" + "".join(f"{k},{3 * k + 1}\n" for k in range(9)))
    line = dfdx("fit", "a x + b", str(time), "--json").json
    assert line["parameters"] == pytest.approx({"a": 3, "b": 1}) and line["x"] == {"x": "time"}


def test_dates_count_days(dfdx, tmp_path):
    path = tmp_path / "days.csv"
    rows = [f"2024-01-{k + 1:02d},{0.5 * k + 2}" for k in range(20)]
    path.write_text("\n".join(["date,level", *rows]) + "\n")
    ran = dfdx("fit", "a + b t", str(path))
    assert ran.code == 0 and "t counts the days from 2024-01-01 on" in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([DECAY], "a model and a table are needed"),
        ([DECAY, "nothing.csv"], "nothing.csv cannot be read"),
        ([DECAY, "DATA", "--y", "signl"], "it has t, signal, err"),
        ([DECAY, "DATA", "--x", "q=t"], "q does not occur"),
        (["a exp(-b s) + c", "DATA"], "which variable"),
        (["t^2", "DATA"], "no parameters"),
        ([DECAY, "DATA", "--from", "q=1"], "q is no parameter"),
        ([DECAY, "DATA", "--from", "1,2,3,4"], "the parameters are a, b, c"),
        ([DECAY, "DATA", "--from", "a=1,2"], "2 values"),
        (["a ln(b - t)", "DATA", "--x", "t"], "begin elsewhere"),
        ([DECAY, "DATA", "--sigma", "err", "--weights", "err"], "give one"),
        ([DECAY, "DATA", "--absolute"], "needs --sigma"),
        ([DECAY, "DATA", "--rate", "1"], "--rate belongs to dfdx descend"),
    ],
    ids=" ".join,
)
def test_bad_words(dfdx, table, words, said):
    path = table()
    ran = dfdx("fit", *(path if word == "DATA" else word for word in words))
    assert ran.code == 2 and ran.out == "" and said in ran.err
    assert "Traceback" not in ran.err


def test_plain_is_ascii(dfdx, table):
    ran = dfdx("fit", DECAY, table(), "--plain")
    assert ran.code == 0 and ran.out.isascii() and "+/-" in ran.out
