"""The one record of what happened: append-only, a hash-chained row per change, in the change's own transaction."""
