"""A trained model that reads sentences and doubts words: optional, local, with pinned weights."""
