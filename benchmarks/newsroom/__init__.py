"""A newsroom's ledger after years, for what is measured over it."""
