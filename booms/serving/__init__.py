"""Running the product: `manage.py serve` and `manage.py worker`."""
