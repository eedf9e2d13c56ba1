"""Under which name imrlint writes comments, notes and tracked changes."""

AUTHOR = "imrlint"
