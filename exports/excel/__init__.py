"""Deliverables as Excel workbooks."""
