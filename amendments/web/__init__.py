"""What every page needs and no room owns: the door of the permission map, transactions, errors, security headers, the clock."""
