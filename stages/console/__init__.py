"""Pages of the admin that show an account's stages and what they made. They change nothing."""
