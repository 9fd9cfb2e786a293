"""scipy.signal: products, filters, windows, responses, exactly and twice."""

import numpy as np
import pytest
from scipy import signal
from trials import refused, right

X = np.array([0.5, 1.2, 0.7, 2.1, 1.4, 0.2, 0.9])
Y = np.array([0.3, -0.2, 1.1])
K = np.array([[1.0, 0.5], [-0.3, 2.0]])
M = np.arange(12.0).reshape(3, 4) / 7 + np.eye(3, 4)
LONG = np.sin(np.arange(40.0) * 0.7) + 0.3 * np.cos(np.arange(40) * 1.9)
B, A = signal.butter(2, 0.3)
SOS = signal.butter(4, 0.3, output="sos")
ZI = np.array([0.3, -0.2])

TRIALS = {
    "convolve": (lambda a, b: signal.convolve(a, b), X, Y),
    "convolve same": (lambda a, b: signal.convolve(a, b, mode="same"), X, Y),
    "convolve same, even": (lambda a: signal.convolve(a, [1.0, 0.5], "same"), X),
    "convolve valid": (lambda a, b: signal.convolve(a, b, mode="valid"), X, Y),
    "convolve valid, swapped": (lambda a, b: signal.convolve(b, a, mode="valid"), X, Y),
    "convolve with itself": (lambda a: signal.convolve(a, a), X),
    "convolve planes": (lambda a, b: signal.convolve(a, b, mode="same"), M, K),
    "convolve direct": (lambda a: signal.convolve(a, Y, method="direct"), X),
    "fftconvolve": (lambda a, b: signal.fftconvolve(a, b, mode="full"), X, Y),
    "fftconvolve planes": (lambda a, b: signal.fftconvolve(a, b, "same"), M, K),
    "oaconvolve": (lambda a, b: signal.oaconvolve(a, b, mode="same"), X, Y),
    "convolve2d": (lambda a, b: signal.convolve2d(a, b), M, K),
    "correlate": (lambda a, b: signal.correlate(a, b), X, Y),
    "correlate same": (lambda a, b: signal.correlate(a, b, mode="same"), X, Y),
    "correlate valid": (lambda a, b: signal.correlate(a, b, mode="valid"), X, Y),
    "correlate valid, swapped": (lambda a, b: signal.correlate(b, a, mode="valid"), X, Y),
    "correlate2d": (lambda a, b: signal.correlate2d(a, b, mode="valid"), M, K),
    "lfilter": (lambda x: signal.lfilter(B, A, x), LONG),
    "lfilter all": (lambda b, a, x: signal.lfilter(b, a, x), B, A, X),
    "lfilter coefficient": (lambda a: signal.lfilter([0.2, 0.1], [1.0, -a], X), 0.6),
    "lfilter scaled": (lambda a: signal.lfilter([0.2, 0.1, 0.4], [a, 0.3], X), 1.6),
    "lfilter FIR": (lambda b, x: signal.lfilter(b, 1.0, x), Y, X),
    "lfilter state": (lambda x, z: signal.lfilter(B, A, x, zi=z), X, ZI),
    "lfilter state, short": (lambda x, z: signal.lfilter(B, A, x, zi=z), X[:1], ZI),
    "lfilter state of coefficients": (lambda b, a: signal.lfilter(b, a, X, zi=ZI), B, A),
    "lfilter rows": (lambda x: signal.lfilter(B, A, x, axis=0), M),
    "filtfilt": (lambda x: signal.filtfilt(B, A, x), LONG),
    "filtfilt gust": (lambda x: signal.filtfilt(B, A, x, padtype="even", padlen=4), LONG),
    "sosfilt": (lambda x: signal.sosfilt(SOS, x), LONG),
    "sosfilt state": (lambda x, z: signal.sosfilt(SOS, x, zi=z), X, np.array([ZI, 2 * ZI])),
    "sosfiltfilt": (lambda x: signal.sosfiltfilt(SOS, x), LONG),
    "upfirdn": (lambda h, x: signal.upfirdn(h, x, 3, 2), Y, X),
    "resample_poly": (lambda x: signal.resample_poly(x, 3, 2), X),
    "savgol": (lambda x: signal.savgol_filter(x, 5, 2), X),
    "savgol derivative": (lambda x: signal.savgol_filter(x, 5, 3, deriv=1, delta=0.1), X),
    "savgol nearest": (lambda x: signal.savgol_filter(x, 3, 1, mode="nearest"), X),
    "detrend": (lambda x: signal.detrend(x), X),
    "detrend pieces": (lambda x: signal.detrend(x, axis=0, bp=[2]), M[:, :2].repeat(2, axis=0)),
    "detrend constant": (lambda x: signal.detrend(x, type="constant"), X),
    "wiener": (lambda x: signal.wiener(x, 3), X),
    "medfilt": (lambda x: signal.medfilt(x, 3), X),
    "deconvolve": (lambda x: signal.deconvolve(x, [1.0, 0.5]), X),
    "freqz": (lambda b: np.abs(signal.freqz(b, [1.0, 0.2], worN=8)[1]), X),
    "freqz both": (lambda b, a: np.angle(signal.freqz(b, a, worN=[0.3, 1.2])[1]), B, A),
    "gaussian window": (lambda s: signal.windows.gaussian(7, s), 1.3),
    "kaiser window": (lambda s: signal.windows.kaiser(7, s), 1.3),
    "tukey window": (lambda s: signal.windows.tukey(9, s), 0.43),
    "exponential window": (lambda s: signal.windows.exponential(9, tau=s), 1.43),
    "windowed": (lambda x: x * signal.windows.hann(len(x)), X),
    "gausspulse": (lambda t: signal.gausspulse(t, fc=2.0), X),
    "chirp": (lambda t, f: signal.chirp(t, f, 2.0, 3.0), X, 1.2),
    "peaks": (lambda x: x[signal.find_peaks(x)[0]], X),
    "peak heights": (lambda x: signal.find_peaks(x, height=1.0)[1]["peak_heights"], X),
    "prominences": (lambda x: signal.find_peaks(x, prominence=0.1)[1]["prominences"], X),
    "argrelmax": (lambda x: x[signal.argrelmax(x)[0]], X),
}


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point)


REFUSED = {
    "boundary": (lambda a: signal.convolve2d(a, K, boundary="wrap"), M),
    "widths": (lambda x: signal.find_peaks(x, width=0.1)[1]["widths"], X),
    "padding": (lambda x: signal.upfirdn(Y, x, mode="reflect"), X),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])
