"""Rules run over a reading: findings, reports, fingerprints, fixes and facts; letters of one run compared."""
