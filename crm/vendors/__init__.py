"""The vendors that bring messages in and take replies out, each behind the same few functions."""
