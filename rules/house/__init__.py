"""HOU: a letter against what its house has written before, as far as a memory was learnt."""
