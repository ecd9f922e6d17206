"""Pages of the unit that plans and of the Bapas that follows."""
