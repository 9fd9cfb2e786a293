"""Samples without noise, and how noise in them is found out."""
