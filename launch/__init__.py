"""Starts Berdaya on a bare machine: Python's standard library and PostgreSQL's own programs only."""
