"""What becomes of measures: progress notes, and later reporting rounds and reviews."""
