"""What is true of cases, of what products lack, and of how long the ways take."""
