"""Papers that leave as files: what is in them, which formats there are, and the page that offers them."""
