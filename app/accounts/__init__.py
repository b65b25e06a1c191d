"""Who signs in, with which role."""
