"""Alerts: who hears of a fact (`rules`), how it reaches them (`channels`), and when to try again (`retry`)."""
