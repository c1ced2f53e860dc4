"""What a page of ours says of itself, so that it is known when it comes back."""

TEXT = "amendments: text"
"""A text as it reads, below a header that is none of its words; its headings stand one level lower."""
CHANGES = "amendments: changes"
"""A redline: struck words and labels stand between those of the text."""
