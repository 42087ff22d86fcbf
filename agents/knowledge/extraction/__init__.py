"""Text, page by page, from files nobody vouches for: read in a child process with limits, then tidied up."""
