"""Where things are made: workshops, materials, day sheets, batches, closings."""
