"""Is a hand-written derivative right? Compared with the exact one, or with samples and what they know."""
