"""Which rows of a listing are wanted: conditions that were asked for, and their values, for one WHERE."""


class Conditions:
    """Joined by AND; without any, every row."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self.values: list[object] = []

    def add(self, sql: str, *values: object) -> "Conditions":
        """One more."""
        self._parts.append(sql)
        self.values += values
        return self

    def maybe(self, sql: str, value: object) -> "Conditions":
        """One more with one value, unless the value is None."""
        return self if value is None else self.add(sql, value)

    def __str__(self) -> str:
        return " AND ".join(self._parts) or "1"
