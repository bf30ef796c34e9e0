"""Training and evaluation by simulated interaction."""
