"""What people ask for: proposals with edits and hunks, positions, comments, and how each fared on later versions."""
