"""PRI: names, numbers and addresses of persons, which a posted letter must not contain."""
