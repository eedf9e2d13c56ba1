"""From clean prose to the weights of the reader: see training/README.md."""
