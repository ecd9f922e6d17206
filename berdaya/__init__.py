"""Berdaya: from a worker's consent to the rupiah on that worker's slip."""
