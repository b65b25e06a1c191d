"""Home, search, the desk's overview, and what the law asks for."""
