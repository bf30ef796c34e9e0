"""Teach the detector that ships: which things people draw, and what its finds are worth."""
