"""What may be offered (listing), claimed (origins), shipped (shipping), kept (permits): pure."""
