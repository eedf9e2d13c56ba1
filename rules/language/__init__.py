"""LAN: words, spelling and form."""
