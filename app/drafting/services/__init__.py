"""What can be done while a concept is written: lay a draft out, suggest, decide, keep what is being typed."""
