"""Downloads in the admin."""
