"""Pure functions on masks: run-length codes and boxes. No model, no files."""
