"""What each stage asks, as data. The examples of all stages tell the story of one company."""
