"""What to look at next, and what looks add up to. Pure: nothing here asks, waits or stores."""
