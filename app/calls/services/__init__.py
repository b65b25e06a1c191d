"""What can be done with calls and with the sheets that came in for them; one module for each noun."""
