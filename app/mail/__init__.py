"""Mail: written into the outbox with the change that causes it, rendered and sent by the worker."""
