"""The page: A4 on its side, in points."""

from __future__ import annotations

PAGE_WIDTH, PAGE_HEIGHT = 841.89, 595.28
SIDE, HEAD, FOOT = 46.0, 58.0, 46.0
WIDTH = PAGE_WIDTH - 2 * SIDE
BODY = PAGE_HEIGHT - HEAD - FOOT
GAP = 12.0
# What is no higher than this is moved to the next page rather than broken.
WHOLE = BODY / 2
