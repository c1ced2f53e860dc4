"""The console script `amendments`: set up, serve, check."""
