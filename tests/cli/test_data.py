"""`dfdx data`: the derivative of a column of a table."""

import csv
import json

import numpy as np
import pytest


@pytest.fixture
def table(tmp_path):
    """Writes rows to a file and gives its path."""

    def make(rows, header="time,temp", name="t.csv"):
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]) + "\n" if header else "\n".join(rows) + "\n")
        return str(path)

    return make


def _wave(n=120, noise=0.02):
    rng = np.random.default_rng(1)
    t = np.linspace(0, 6, n)
    return t, np.sin(t) + noise * rng.standard_normal(n)


def test_a_noisy_column_with_broken_rows_and_a_file_for_the_answer(dfdx, table, tmp_path):
    t, y = _wave()
    rows = [f"{a},{b},row {k}" for k, (a, b) in enumerate(zip(t, y, strict=True))]
    rows[3], rows[8] = f"{t[3]},,row 3", f"{t[8]},oops,row 8"
    path, out = table(rows, "time,temp,note"), str(tmp_path / "out.csv")
    ran = dfdx("data", path, "--x", "time", "--y", "temp", "--noise", "auto", "-o", out)
    assert ran.code == 0 and ran.err == ""
    assert "120 rows, 2 missing" in ran.out
    assert "line 10 ('oops')" in ran.out
    assert "its 95 % band" in ran.out and "written: " in ran.out
    with open(out, newline="", encoding="utf-8") as file:
        found = list(csv.reader(file))
    assert found[0] == ["time", "temp", "note", "dtemp/dtime", "±"]
    assert [row[:3] for row in found[1:]] == [row.split(",") for row in rows]  # nothing is lost
    slope, error = np.array([row[3:] for row in found[1:]], dtype=float).T
    assert np.mean(np.abs(slope - np.cos(t)) <= error) > 0.85
    assert np.sqrt(np.mean((slope - np.cos(t)) ** 2)) < 0.1


def test_exact_samples_by_default_and_a_warning_for_noise(dfdx, table):
    t, y = _wave(noise=0.0)
    found = dfdx("data", table([f"{a},{b}" for a, b in zip(t, y, strict=True)]), "--json").json
    assert np.allclose(found["derivative"], np.cos(t), atol=1e-6)
    assert found["name"] == "dtemp/dtime" and found["missing"] == 0
    t, y = _wave()
    ran = dfdx("data", table([f"{a},{b}" for a, b in zip(t, y, strict=True)]))
    assert "--noise auto smooths" in ran.out


def test_dates_semicolons_and_units(dfdx, table):
    days = np.datetime64("2024-01-01") + np.arange(60)
    path = table([f"{d};{0.5 * k}" for k, d in enumerate(days)], "date;level")
    for unit, slope in (("d", 0.5), ("h", 0.5 / 24), ("w", 3.5)):
        found = dfdx("data", path, "--unit", unit, "--json").json
        assert np.allclose(found["derivative"], slope)
        assert found["at"][0] == "2024-01-01"
    shown = dfdx("data", path)
    assert "2024-01-01" in shown.out and "dlevel/ddate per d" in shown.out


def test_columns_by_number_no_header_and_order(dfdx, table):
    rows = [f"{k / 10},{(k / 10) ** 3}" for k in range(30)]
    found = dfdx(
        "data", table(rows, header=None), "--x", "1", "--y", "2", "--order", "2", "--json"
    ).json
    assert np.allclose(found["derivative"], [0.6 * k for k in range(30)], atol=1e-9)


def test_a_season_a_period_and_outliers(dfdx, table):
    t, y = _wave(300)
    y[40] += 5
    path = table([f"{a},{b}" for a, b in zip(t, y, strict=True)])
    found = dfdx("data", path, "--noise", "auto", "--robust", "--json").json
    assert np.sqrt(np.mean((np.array(found["derivative"]) - np.cos(t)) ** 2)) < 0.1
    turn = np.arange(24) * 15.0
    path = table([f"{a},{np.sin(np.radians(a))}" for a in turn])
    found = dfdx("data", path, "--period", "360", "--json").json
    assert np.allclose(found["derivative"], np.radians(np.cos(np.radians(turn))), atol=1e-12)


@pytest.mark.parametrize(
    ("rows", "words", "told"),
    [
        (["0,1", "1,2"], ["--x", "tim"], "no column 'tim'; it has time, temp"),
        (["0,1", "x,2", "2,3"], [], "line 3: 'x' is not a number"),
        (["2024-01-01,1", "oops,2", "2024-01-03,3"], [], "line 3: 'oops' is not a date"),
        (["0,1", "2,2", "1,3"], [], "not sorted"),
        (["0,1", "1,2", "1,3"], [], "repeated"),
        (["0,a", "1,b"], [], "samples are known"),
        (["0,1", "1,2"], ["--noise", "auto"], "too few"),
        (["0,1", "1,2"], ["--at", "3"], "--at belongs to dfdx derivative"),
        (["0,1", "1,2"], ["--unit", "parsec"], "--unit is one of"),
    ],
)
def test_bad_tables(dfdx, table, rows, words, told):
    ran = dfdx("data", table(rows), *words)
    assert ran.code == 2 and told in ran.err and "Traceback" not in ran.err


def test_no_file_and_the_same_file(dfdx, table):
    assert "cannot be read" in dfdx("data", "nowhere.csv").err
    assert "a file is missing" in dfdx("data").err
    path = table(["0,1", "1,2", "2,3"])
    ran = dfdx("data", path, "-o", path)
    assert ran.code == 2 and "choose another one" in ran.err
    assert json.loads(dfdx("data", "nowhere.csv", "--json").out)["error"]["kind"] == "command"
