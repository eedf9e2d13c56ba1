"""Running rules on a reading, and comparing the letters of a run: findings, reports, fingerprints, fixes."""
