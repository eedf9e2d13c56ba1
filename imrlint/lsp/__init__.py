"""A language server: findings as a letter is typed, in any editor that speaks the Language Server Protocol."""
