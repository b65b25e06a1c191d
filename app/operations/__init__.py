"""Running an installation: the server, the worker, the doctor, what monitoring asks."""
