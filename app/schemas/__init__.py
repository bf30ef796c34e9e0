"""JSON in and out: requests are checked by hand, answers are built from domain values."""
