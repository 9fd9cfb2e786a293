"""Equations and fits: what is solved for, and how well it is known."""
