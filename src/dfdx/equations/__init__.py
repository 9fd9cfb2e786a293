"""Equations and data: where a function is zero, and with which parameters a model meets what was measured."""
