"""Settings: `base` reads the environment, the others say what differs. `DEBUG=false` without development means production."""
