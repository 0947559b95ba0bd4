"""The egress guard and the one HTTP client: every outbound byte passes here."""
