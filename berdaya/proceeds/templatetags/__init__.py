"""Template tags of sales and money."""
