"""Facts of goods (facts), their lawful windows (windows), permits, and shipping abroad."""
