"""A run over letters: options, scheduling, worker pool, cache, comparison, console, outputs."""
