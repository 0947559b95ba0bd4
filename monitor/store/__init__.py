"""All SQL, one file a noun. `open.open_store` is the door."""
