"""What can be done with decisions; one module per thing."""
