"""Writing the concept together: suggestions to passages, drafts, release by a second person."""
