"""Working on one letter: making fixes, asking about them, writing findings into its margin."""
