#!/bin/sh
# Make a virtual environment, or say what is missing and what to type instead.
#   tools/venv.sh PYTHON FOLDER
set -u
python=$1
folder=$2
target=${MAKECMDGOALS:-demo}

new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if ! new_enough "$python"; then
    if version=$("$python" --version 2>&1); then
        echo "dfdx needs Python 3.11 or newer; $python is $version." >&2
    else
        echo "dfdx needs Python 3.11 or newer; there is no working $python here." >&2
    fi
    for other in python3.14 python3.13 python3.12 python3.11 python; do
        if new_enough "$other"; then
            echo "This machine has one:  make $target PYTHON=$other" >&2
            exit 1
        fi
    done
    echo "With another one at hand:  make $target PYTHON=/path/to/python3.12" >&2
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    echo "$python cannot make virtual environments: its venv module is missing." >&2
    echo "On Debian and Ubuntu:  sudo apt install python3-venv" >&2
    exit 1
fi

if ! "$python" -m venv "$folder"; then
    echo "$python -m venv $folder failed; its words are above." >&2
    exit 1
fi
echo "made $folder with $("$python" --version)"
