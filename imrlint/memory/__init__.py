"""What a house has written before: learnt from its archive into one local file, and recalled when a draft is checked.

The file holds counts of letters. What fewer than `schema.SHARED` letters have in common stands in it as a keyed hash
only, never as text.
"""
