"""After release: the plan made before it, supervision, follow-ups, referrals, tools given."""
