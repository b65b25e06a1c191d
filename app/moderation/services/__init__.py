"""What those who moderate do."""
