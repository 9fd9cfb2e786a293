"""`python -m dfdx` and the command `dfdx`: answer, and end."""

import gc
import os
import sys

from .cli.main import main as run


def main():
    """Run the command and end the process with its exit code.

    A formula leaves nothing behind that must be put away, so the process ends at once: to
    look for garbage and to take the modules down again would be a fifth of its time.
    With code of the user in the process it ends as every Python program does.
    """
    gc.disable()
    code = run()
    if "dfdx.cli.code" not in sys.modules:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
