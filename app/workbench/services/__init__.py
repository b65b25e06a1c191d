"""Use cases of condensing."""
