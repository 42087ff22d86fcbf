"""Settings: `base` reads the environment; `development`, `production` and `test` say what differs."""
