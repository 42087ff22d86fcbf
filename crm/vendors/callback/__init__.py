"""Replies to the systems of API channels: signed callbacks in the Standard Webhooks form."""
