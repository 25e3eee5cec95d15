"""``python -m techsim``."""

import sys

from techsim.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
