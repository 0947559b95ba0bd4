"""A small internet on loopback, to show Postwatch at work and to test it against."""
