"""The text that follows from the decisions: merge desk, publishing, the origin of every word."""
