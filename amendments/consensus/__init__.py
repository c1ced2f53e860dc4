"""The text that follows from the decisions: merge desk, publishing, provenance of every word, redline between versions."""
