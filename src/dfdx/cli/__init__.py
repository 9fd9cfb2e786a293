"""The command line: what a person types, and what the answer looks like."""
