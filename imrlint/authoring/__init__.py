"""For authors of rules: the documentation of a rule, the files of a new one, and a trial on real letters."""
