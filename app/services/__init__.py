"""What the program can do, without HTTP: the use cases."""
