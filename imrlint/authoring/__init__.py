"""For authors of rules: pages about rules, and a new rule to fill in."""
