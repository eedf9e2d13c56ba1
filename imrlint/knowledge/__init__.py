"""Facts of the field, as tables with their sources, and typed look-ups over them."""
