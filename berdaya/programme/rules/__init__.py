"""What is allowed (changes) and how things stand (standing): pure."""
