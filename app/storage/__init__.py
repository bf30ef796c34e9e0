"""Where things are kept: a database, and files that are named by their content."""
