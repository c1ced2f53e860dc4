"""What every page needs and no room owns: the permission map's door, transactions, errors, headers, the clock."""
