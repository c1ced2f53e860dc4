"""What a body said about an edit; append-only."""
