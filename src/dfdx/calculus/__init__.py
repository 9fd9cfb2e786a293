"""The operators: what a person asks for, in the words of mathematics."""
