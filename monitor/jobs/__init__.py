"""The flows: each job has one `run`, introduces the specialists to each other and records what came of it."""
