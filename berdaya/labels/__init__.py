"""What stands on the goods: texts of a label, its codes, and the printing of it."""
