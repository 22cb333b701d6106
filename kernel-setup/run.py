"""Sets everything up and runs a notebook: the one program behind run.sh and run.cmd. Repeated runs skip what is done.

This file is read by whatever Python there is, so that one which is too old is told in a sentence; the rest is in installer/.
"""

import os
import sys

if sys.version_info < (3, 9):
    sys.exit(
        "error: Python 3.9 or newer is needed, but %s is Python %d.%d. Name another with PYTHON=/path/to/python3."
        % ((sys.executable,) + tuple(sys.version_info[:2]))
    )

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from installer import main  # noqa: E402, once the version is known

if __name__ == "__main__":
    sys.exit(main.main(sys.argv[1:]))
