"""A Django database backend: PostgreSQL, the user's own or an embedded one that starts at the first connection."""
