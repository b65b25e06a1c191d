"""How fast the product is on this machine; numbers to compare with earlier ones of the same machine."""
