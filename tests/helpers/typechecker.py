"""The run-time type check of every annotation in the tensor packages, switched on by pytest."""

from beartype import BeartypeConf, beartype

check_types = beartype(conf=BeartypeConf(is_pep484_tower=True))
"""Accepts an int where a float is asked for, as the static type checker does."""
