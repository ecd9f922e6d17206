"""Certificates as machines read them: Open Badges 3.0, signed with Ed25519, no person in them."""
