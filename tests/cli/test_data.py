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
        (
            ["0,1", "2,2", "1,3"],
            [],
            "line 4: time goes back from 2 to 1; the rows are not sorted, --sort",
        ),
        (["0,1", "1,2", "1,3"], [], "line 4: time 1 stands in line 3 too; repeated"),
        (["0,1", ",2", "2,3"], [], "line 3: there is no time"),
        (["0,1", "1,2"], ["--method", "magic"], "method is one of exact"),
        (["0,1", "1,2"], ["--method"], "--method tv, or exact"),
        (["0,1", "1,2"], ["--method", "gcv", "--robust"], "--robust does not go with --method"),
        (["0,1", "1,2"], ["--robust"], "--robust does not go with exact samples"),
        (["0,1", "1,2"], ["--noise", "auto", "--period", "2"], "--period does not go with"),
        ([], [], "a header and no rows"),
        (['0,"1', "1,2"], [], "line"),
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


def _line(path):
    return np.array(path["derivative"])


WRITTEN = {
    "semicolons and decimal commas": "time;temp\n0;1,5\n0,5;2,5\n1;3,5\n1,5;4,5\n",
    "tabs": "time\ttemp\n0\t1.5\n0.5\t2.5\n1\t3.5\n1.5\t4.5\n",
    "blanks": "time temp\n0.0  1.5\n0.5  2.5\n1.0  3.5\n1.5  4.5\n",
    "quotes": '"time","temp"\n"0","1.5"\n"0.5","2.5"\n"1","3.5"\n"1.5","4.5"\n',
    "a mark of order, and Windows": "\ufefftime,temp\r\n0,1.5\r\n0.5,2.5\r\n1,3.5\r\n1.5,4.5\r\n",
    "blank lines and further cells": "time,temp,note\n\n0,1.5,a\n0.5,2.5\n\n1,3.5,b,c\n1.5,4.5\n",
    "words for missing": "time,temp\n0,1.5\n0.5,2.5\n0.7,NA\n1,3.5\n1.2,-\n1.5,4.5\n",
}


@pytest.mark.parametrize("how", WRITTEN)
def test_tables_as_people_write_them(dfdx, tmp_path, how):
    path, out = tmp_path / "t.csv", tmp_path / "out.csv"
    path.write_bytes(WRITTEN[how].encode())
    found = dfdx("data", str(path), "--json", "-o", str(out)).json
    assert found["x"] == "time" and found["y"] == "temp" and np.allclose(found["derivative"], 2.0)
    assert found["missing"] == (2 if "missing" in how else 0)
    again = dfdx("data", str(out), "--y", "3", "--json").json  # what is written can be read
    if "further" not in how:
        assert np.allclose(again["values"], 2.0)
    told = any("1,5 is 1.5" in note for note in found["notes"])
    assert told == ("decimal commas" in how)
    assert not list(tmp_path.glob("*.part"))


def test_a_broken_row_is_named_by_its_line_in_the_file(dfdx, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('time,temp,note\n0,1,"two\nlines"\n\n1,oops,a\n2,3,b\n3,4,c\n')
    assert "line 5 ('oops')" in dfdx("data", str(path)).out


def test_a_file_that_is_there_is_not_lost(dfdx, table, tmp_path):
    path, out = table(["0,1", "1,2", "2,3"]), tmp_path / "out.csv"
    out.write_text("precious")
    ran = dfdx("data", path, "-o", str(out))
    assert ran.code == 2 and "--force" in ran.err and out.read_text() == "precious"
    assert dfdx("data", path, "-o", str(out), "--force").code == 0
    assert out.read_text().startswith("time,temp,dtemp/dtime")
    ran = dfdx("data", path, "-o", path, "--force")
    assert ran.code == 2 and "choose another one" in ran.err


def test_rows_are_sorted_when_asked_for(dfdx, table, tmp_path):
    out = tmp_path / "out.csv"
    path = table(["2,4,c", "0,0,a", "1,1,b", "3,9,d"], "time,temp,note")
    found = dfdx("data", path, "--sort", "--json", "-o", str(out)).json
    assert np.allclose(found["derivative"], [0, 2, 4, 6])
    assert [line.split(",")[2] for line in out.read_text().splitlines()[1:]] == list("abcd")


@pytest.mark.parametrize(
    "method", ["compact", "spline", "chebyshev", "gcv", "savgol", "tv", "kalman"]
)
def test_methods_by_name(dfdx, table, method):
    t = np.linspace(0, 6, 120)
    path = table([f"{a},{np.sin(a)}" for a in t])
    found = dfdx("data", path, "--method", method, "--json").json
    assert np.sqrt(np.mean((_line(found) - np.cos(t)) ** 2)) < 0.05
    stated = method in ("compact", "chebyshev", "kalman")
    assert (found["error"][5] is not None) == stated
    assert ("?" in dfdx("data", path, "--method", method).out) != stated


def test_a_pipe(dfdx, monkeypatch):
    import io
    import sys

    class Pipe:
        buffer = io.BytesIO(b"time,temp\n0,0\n1,2\n2,4\n")

    monkeypatch.setattr(sys, "stdin", Pipe())
    found = dfdx("data", "-", "--json").json
    assert found["input"] == "standard input" and np.allclose(found["derivative"], 2.0)
