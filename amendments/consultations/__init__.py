"""The Beratungsfolge: which committees take up a document, when, and what they said."""
