"""Places at an event: registering, confirming, the waiting list, cancelling."""
