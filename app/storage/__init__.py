"""Where things are kept: a SQLite database, and files that are named by their content."""
