"""The parts of automatic mask generation: points, crops, filters, suppression, records."""
