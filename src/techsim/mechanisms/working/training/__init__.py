"""W4: lifelong learning (LLO)."""
