"""The stochastic cycle."""
