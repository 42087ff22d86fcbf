"""The supervisors' console: the pending queue and the case page."""
