"""Order within conversations, parallel work across them, and what is left when somebody dies."""
