"""Measurements: each `bench_*.py` here has a `run()` that prints its table and returns its figures."""
