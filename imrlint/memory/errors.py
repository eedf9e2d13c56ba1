"""What can be wrong with a memory."""


class BadMemory(Exception):
    """A file that cannot be used as a memory. The message says which, and why, in one line."""
