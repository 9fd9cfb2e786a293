#!/bin/sh
# The main job, on real input: each command is shown, then run.
set -eu

show() {
    printf '\n$ dfdx'
    for word in "$@"; do
        case $word in
            *[!a-zA-Z0-9=.,:/_-]*) printf ' "%s"' "$word" ;;
            *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    dfdx "$@"
}

show "x^2 sin x" --at 3
show "abs(x)" --at 0 || test $? -eq 1 # no derivative there: exit code 1
show gradient "2 z^3 x^2" --at x=1,z=2 --along 3,4
show examples/model.py:f --at 0.3
show descend "(1-x)^2 + 100 (y-x^2)^2" --from -1.2,1 --method gradient,bfgs
