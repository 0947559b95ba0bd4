"""Who may do what at the desk, and how they are known."""
