"""Rules run over a reading: findings, diagnostics, fingerprints, reports; fixes and facts; letters of a run compared."""
