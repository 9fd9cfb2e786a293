"""The text of `dfdx --help`."""

HELP = """\
dfdx: the derivative of what you have.

  dfdx FORMULA --at POINT          the derivative of a formula
  dfdx FILE.py:NAME --at POINT     of a function in a file (or package.module:NAME)
  dfdx gradient FORMULA --at ...   all partial derivatives, gradient, steepest ascent
  dfdx data FILE.csv --x X --y Y   of a column of measurements, with its band (- reads a pipe)
  dfdx descend FORMULA --from ...  the way down to a minimum, by several methods, on a map
  dfdx fit FORMULA FILE.csv        the parameters with which a formula meets measurements

examples
  dfdx "x^2 sin x" --at 3                        value, slope, formula, tangent, picture
  dfdx "x^2 sin x"                               the formula of the derivative
  dfdx "x^2 sin x" --at 3 --steps                every rule that was used, with its numbers
  dfdx "x^2" --at 3 --h 1e-1,1e-4,1e-12          the difference quotient beside the truth
  dfdx "sin x / x" --at pi/2 --order 2           the second derivative
  dfdx "exp(-x^2)" --at 0:2:0.5                  a table
  dfdx "abs(x)" --at 0 --side right              one side only
  dfdx "a x^2" --at x=3,a=2 --wrt x              the others held fixed
  dfdx gradient "2 z^3 x^2" --at x=1,z=2 --along 3,4
  dfdx model.py:height --at 0.3
  dfdx data temps.csv --x time --y temp --noise auto -o out.csv
  dfdx descend "(1-x)^2 + 100 (y-x^2)^2" --from -1.2,1 --method gradient,momentum,bfgs
  dfdx fit "a exp(-b t) + c" decay.csv --x t --y signal --from a=2

options
  --at POINT      a number or formula (pi/2), several (1,2,3), a range first:last:step,
                  or by name (x=1,z=2)
  --wrt NAME      the variable that varies, when there are several
  --order N       the N-th derivative
  --side SIDE     left or right: the one-sided derivative
  --along V       the direction of a directional derivative (3,4 or x=3,z=4)
  --steps         the chain rule step by step
  --h H           the difference quotient with step H, split into its two errors
  --h all         its error for every step from 1 to 1e-16, as a picture
  --x, --y        columns of a table, by name or number (the first two)
  --noise N       auto, a standard deviation, or 0: exact
  --season P, --period P, --robust     what comes back beside a trend; a periodic axis; outliers
  --method M      of data: exact, compact, spline; smooth, chebyshev, gcv, savgol, tv, kalman
                  of a descent: gradient, momentum, rmsprop, adam, conjugate, newton, bfgs, l-bfgs
  --unit U        of dates: s, min, h, d (per day), w, a
  --sort          the rows by x first
  -o FILE         the table with two more columns: derivative and error, or fit and residual
                  (--force: over a file that is there)
  --from POINT    where a descent or a fit begins; parameters of a fit begin at 1
  --rate R, --schedule S, --steps N, --tol T    of a descent; without --rate one is found
  --sigma COLUMN, --absolute, --weights COLUMN  standard deviations of the measurements of a fit
  --json          everything, for programs
  --plain         no picture, no colours, only ASCII
  --version, --help

what may be typed   + - * / ^, 2x, x sin x, |x|, sqrt x, pi, e, ln, log10, sin^2 x, x_1, theta
a minus in front    dfdx "-x^2" --at -1 works as it stands
exit code           0 answered; 1 no such derivative there, or your function raised;
                    2 the formula, the file or an option could not be read
"""
