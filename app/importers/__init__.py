"""Foreign annotation files in, checked records out: no database, no HTTP."""
