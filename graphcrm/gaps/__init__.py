"""What is missing or doubtful in the data, and how much of what is asked hangs on it."""
