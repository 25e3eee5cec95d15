"""Lets the suite import itself as ``benchmarks`` when pytest starts from the repository root."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
