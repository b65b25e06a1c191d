"""Papers, the bodies they go through (Beratungsfolge), meetings, what was decided. Terms of OParl 1.1."""
