"""Faults that really happen: processes of the product are killed at exact points, the database goes, vendors fail."""
