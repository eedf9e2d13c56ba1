"""CIT: the guidelines that the claims administrator and MAXIMUS cite."""
