"""What guidelines are called, contain and say, and what they are about."""
