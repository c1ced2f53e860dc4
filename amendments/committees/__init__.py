"""Who belongs together and who may speak for whom: committees, memberships, roles."""
