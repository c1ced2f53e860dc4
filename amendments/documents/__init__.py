"""Documents, their texts and the immutable versions of each; who sees them."""
