"""Permits and certificates, what a market requires, and whether something may be shown."""
