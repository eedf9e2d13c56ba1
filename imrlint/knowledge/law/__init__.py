"""Who may review: the jurisdictions that license physicians, and the specialties they are certified in."""
