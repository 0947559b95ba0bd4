"""What Postwatch shows over HTTP."""
