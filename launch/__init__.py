"""Starts Berdaya on a bare machine with Python's standard library and PostgreSQL's programs."""
