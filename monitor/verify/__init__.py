"""What the desk may decide of a case, in which words, and what it publishes of it; pure."""
