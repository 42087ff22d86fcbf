"""Deliverables as PDF."""
