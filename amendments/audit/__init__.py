"""The one record of what happened: an append-only, hash-chained row per change, written in the change's own transaction."""
