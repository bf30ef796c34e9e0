"""Datasets in, files out: no disk, no database, no HTTP."""
