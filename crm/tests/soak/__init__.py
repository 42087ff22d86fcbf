"""Thousands of messages through workers that are killed at random."""
