"""What can be done with proposals, condensations, decisions and follows; one module for each noun."""
