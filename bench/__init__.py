"""Measurements of what people wait for; see README.md for the rules."""
