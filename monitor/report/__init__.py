"""What a check found, as figures and as a page for people. Pure."""
