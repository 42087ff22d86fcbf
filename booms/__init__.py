"""BOOMS: strategy and supervised customer answers for marketing agencies."""

__version__ = "0.1.0"
