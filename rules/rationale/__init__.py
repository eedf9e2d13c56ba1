"""RAT: the reasons given for each decision."""
