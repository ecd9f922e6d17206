"""Pages of the ground floor: errors and health."""
