"""scipy.stats, signal, ndimage, sparse, fft, spatial: distributions and filters."""

import numpy as np
import scipy.fft
from scipy import ndimage, signal, sparse, stats
from scipy.sparse.linalg import spsolve
from scipy.spatial.distance import cdist, pdist
from scipy.stats import multivariate_normal, norm

DATA = np.array([0.5, 1.2, 0.3, 2.2, 0.9])


def normal_likelihood(mu, sigma):
    return norm.logpdf(DATA, mu, sigma).sum()


def normal_keywords(sigma):
    return norm.pdf(0.7, loc=0.2, scale=sigma) + norm.cdf(0.3, scale=sigma) + norm.sf(sigma)


def gamma_likelihood(shape, scale):
    return stats.gamma.logpdf(DATA, shape, scale=scale).sum()


def student_tails(nu):
    return stats.t.logpdf(DATA, nu).sum() + stats.t.pdf(0.3, df=nu)


def beta_density(a, b):
    return stats.beta.pdf(0.3, a, b) + stats.beta.cdf(0.6, a, b)


def exponential_survival(scale):
    return stats.expon.logsf(DATA, scale=scale).sum() + stats.expon(scale=scale).pdf(1.0)


def frozen_distribution(mu):
    d = norm(loc=mu, scale=1.5)
    return d.cdf(1.0) * d.pdf(0.5) + d.ppf(0.3) + d.mean() + d.std()


def quantile_function(p):
    return norm.ppf(p) + stats.expon.ppf(p) + stats.logistic.ppf(p)


def poisson_likelihood(rate):
    return stats.poisson.logpmf([1, 3, 0, 2], rate).sum() + stats.poisson.pmf(2, rate)


def binomial_likelihood(p):
    return stats.binom.logpmf([3, 4, 2], 6, p).sum() + stats.bernoulli.pmf(1, p)


def weibull_likelihood(k):
    return stats.weibull_min.logpdf(DATA, k, scale=1.5).sum()


def lognormal_likelihood(s):
    return stats.lognorm.logpdf(DATA, s, scale=np.exp(0.2)).sum()


def other_densities(x):
    return (
        stats.cauchy.pdf(x)
        + stats.laplace.pdf(x)
        + stats.uniform.pdf(x, 0, 3)
        + stats.chi2.pdf(x, 3)
    )


def heavy_tails(x):
    return stats.pareto.logpdf(x, 2.5) + stats.gumbel_r.logpdf(x) + stats.f.pdf(x, 3, 7)


def multivariate_density(x):
    return multivariate_normal.logpdf(x, mean=[0.1, 0.2], cov=[[1.0, 0.3], [0.3, 2.0]])


def mixture(w):
    return np.log(w * norm.pdf(DATA, 0, 1) + (1 - w) * norm.pdf(DATA, 2, 0.5)).sum()


def descriptive(x):
    return stats.skew(x) + stats.kurtosis(x) + stats.zscore(x)[0] + stats.gmean(x)


def regression(y):
    return stats.linregress([0.0, 1.0, 2.0, 3.0, 4.0], y).slope


def kernel_density(x):
    return stats.gaussian_kde(DATA)(x)[0]


def trimmed_and_distances(x):
    return stats.tmean(x, (0, 3)) + stats.sem(x) + stats.pearsonr(x, x**2)[0]


def convolved_signal(x):
    return (signal.convolve(x, [0.2, 0.5, 0.3], mode="same") ** 2).sum()


def fft_convolved(x):
    return (signal.fftconvolve(x, x, mode="full") ** 2).sum()


def recursive_filter(a):
    return (signal.lfilter([0.2, 0.1], [1.0, -a], DATA) ** 2).sum()


def recursive_filter_input(x):
    return signal.lfilter([0.2, 0.3], [1.0, -0.5], x)[-1]


def windowed(x):
    return (x * signal.windows.hann(len(x))).sum() + signal.detrend(x)[0]


def smoothed(x):
    return (signal.savgol_filter(x, 3, 1) ** 2).sum()


def gaussian_blur(x):
    return (ndimage.gaussian_filter1d(x, 1.0) ** 2).sum()


def image_convolution(x):
    m = np.outer(x, x)
    return ndimage.convolve(m, np.ones((3, 3)) / 9)[1, 1] + ndimage.uniform_filter(m, 3)[2, 2]


def sparse_product(x):
    a = sparse.csr_matrix(np.array([[1.0, 0, 2], [0, 3, 0], [4, 0, 5]]))
    return (a @ x).sum() + x @ (a.T @ x)


def sparse_solution(b):
    a = sparse.diags([[-1.0] * 2, [4.0] * 3, [-1.0] * 2], [-1, 0, 1]).tocsc()
    return spsolve(a, b).sum()


def cosine_transform(x):
    return (scipy.fft.dct(x, norm="ortho")[1:] ** 2).sum() + np.abs(scipy.fft.fft(x))[1]


def distances(x):
    p = x[:4].reshape(2, 2)
    return cdist(p, np.array([[0.0, 1.0]])).sum() + pdist(p)[0]


CASES = [
    (normal_likelihood, 0.8, 1.3),
    (normal_keywords, 1.2),
    (gamma_likelihood, 1.6, 0.8),
    (student_tails, 4.5),
    (beta_density, 2.0, 3.0),
    (exponential_survival, 1.4),
    (frozen_distribution, 0.4),
    (quantile_function, 0.3),
    (poisson_likelihood, 1.7),
    (binomial_likelihood, 0.4),
    (weibull_likelihood, 1.4),
    (lognormal_likelihood, 0.7),
    (other_densities, 1.3),
    (heavy_tails, 1.6),
    (multivariate_density, np.array([0.4, 1.0])),
    (mixture, 0.4),
    (descriptive, DATA),
    (regression, DATA),
    (kernel_density, 0.8),
    (trimmed_and_distances, DATA),
    (convolved_signal, DATA),
    (fft_convolved, DATA),
    (recursive_filter, 0.6),
    (recursive_filter_input, DATA),
    (windowed, DATA),
    (smoothed, DATA),
    (gaussian_blur, DATA),
    (image_convolution, DATA),
    (sparse_product, np.array([0.5, 1.2, 0.3])),
    (sparse_solution, np.array([0.5, 1.2, 0.3])),
    (cosine_transform, DATA),
    (distances, DATA),
]
