"""What others may want to hear of; sent inside the transaction of the service that did it."""

from django.dispatch import Signal

# account: the new `Account`
account_created = Signal()
