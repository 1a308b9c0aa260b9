"""What changed in matters, who wishes to be told of it, and the outbox."""
