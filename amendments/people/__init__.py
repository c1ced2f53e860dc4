"""Accounts, signing in and out, sessions of browsers."""
