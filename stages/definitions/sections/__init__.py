"""How each stage's deliverable is laid out, as data."""
