"""A run over letters: scheduling, worker pool, cache, what is written where."""
