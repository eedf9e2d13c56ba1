"""Every run kept: what was found in which letter, how that changes, and what people said of it.

A store is a folder. `runs/` has a folder of Parquet files for each run, which appears when the run is over, complete
or not at all; `store.sqlite` has the verdicts of people, to which several may add at once. DuckDB reads the runs
where they lie.
"""
