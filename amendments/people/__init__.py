"""Accounts, signing in and out, sessions of browsers, limits on tries."""
