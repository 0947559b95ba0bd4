"""A quarter of a newsroom's year in the demo's world, played in minutes: what `benchmarks/verdicts.py` measures."""
