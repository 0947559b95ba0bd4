"""The twins of the pages, for programs: a module a noun."""
