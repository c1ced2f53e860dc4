"""What leaves the committee for the next one: the printed paper."""
